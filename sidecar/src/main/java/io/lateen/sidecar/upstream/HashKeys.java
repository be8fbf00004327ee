package io.lateen.sidecar.upstream;

import io.lateen.sidecar.exchange.HeaderName;
import io.lateen.sidecar.exchange.RequestHead;
import io.lateen.sidecar.plan.HashPolicy;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the hash that keeps requests of one user with one endpoint. */
final class HashKeys {
    private HashKeys() {}

    static Choice choice(List<HashPolicy> policies, Forwarding forwarding) {
        boolean hashed = false;
        long hash = 0;
        for (int i = 0; i < policies.size(); i++) {
            HashPolicy policy = policies.get(i);
            String key = key(policy, forwarding);
            if (key != null) {
                hash = hashed ? Hash.combine(hash, Hash.of(key)) : Hash.of(key);
                hashed = true;
                if (policy.terminal()) {
                    break;
                }
            }
        }
        return new Choice(forwarding.worker().random(), hashed, hash);
    }

    private static @Nullable String key(HashPolicy policy, Forwarding forwarding) {
        RequestHead head = forwarding.request();
        return switch (policy) {
            case HashPolicy.Header(HeaderName name, _) -> head.header(name);
            case HashPolicy.Cookie cookie -> cookie(cookie, forwarding);
            case HashPolicy.SourceIp _ ->
                    forwarding.exchange().downstreamRemote() instanceof InetSocketAddress source
                            ? source.getAddress().getHostAddress()
                            : null;
            case HashPolicy.QueryParameter(String name, _) -> parameter(head.query(), name);
        };
    }

    private static @Nullable String cookie(HashPolicy.Cookie wanted, Forwarding forwarding) {
        String cookies = forwarding.request().header(HeaderName.COOKIE);
        if (cookies != null) {
            for (String each : cookies.split("[;,]", -1)) {
                String pair = each.strip();
                if (pair.startsWith(wanted.name())
                        && pair.length() > wanted.name().length()
                        && pair.charAt(wanted.name().length()) == '=') {
                    return pair.substring(wanted.name().length() + 1);
                }
            }
        }
        return wanted.ttlSeconds() < 0 ? null : forwarding.makeCookie(wanted);
    }

    private static @Nullable String parameter(@Nullable String query, String name) {
        if (query == null) {
            return null;
        }
        for (String each : query.split("&", -1)) {
            if (each.startsWith(name)
                    && each.length() > name.length()
                    && each.charAt(name.length()) == '=') {
                return each.substring(name.length() + 1);
            }
        }
        return null;
    }
}
