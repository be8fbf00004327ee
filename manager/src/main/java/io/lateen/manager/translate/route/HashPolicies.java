package io.lateen.manager.translate.route;

import io.envoyproxy.envoy.config.route.v3.RouteAction.HashPolicy;
import io.lateen.manager.translate.envoy.Words;
import io.lateen.model.resource.LoadBalancer;
import java.time.Duration;
import java.util.Optional;

/** How the key of a request is found, so that requests of one key go to one endpoint. */
final class HashPolicies {

    private HashPolicies() {}

    static Optional<HashPolicy> of(LoadBalancer.ConsistentHash hash) {
        HashPolicy.Builder policy = HashPolicy.newBuilder();
        String header = hash.httpHeaderName();
        LoadBalancer.HttpCookie cookie = hash.httpCookie();
        String parameter = hash.httpQueryParameterName();
        if (header != null) {
            policy.setHeader(HashPolicy.Header.newBuilder().setHeaderName(header));
        } else if (cookie != null) {
            policy.setCookie(cookie(cookie));
        } else if (hash.useSourceIp()) {
            policy.setConnectionProperties(
                    HashPolicy.ConnectionProperties.newBuilder().setSourceIp(true));
        } else if (parameter != null) {
            policy.setQueryParameter(HashPolicy.QueryParameter.newBuilder().setName(parameter));
        } else {
            return Optional.empty();
        }
        return Optional.of(policy.build());
    }

    private static HashPolicy.Cookie cookie(LoadBalancer.HttpCookie written) {
        HashPolicy.Cookie.Builder cookie = HashPolicy.Cookie.newBuilder().setName(written.name());
        String path = written.path();
        if (path != null) {
            cookie.setPath(path);
        }
        Duration ttl = written.ttl();
        if (ttl != null) {
            cookie.setTtl(Words.duration(ttl));
        }
        for (LoadBalancer.CookieAttribute attribute : written.attributes()) {
            io.envoyproxy.envoy.config.route.v3.RouteAction.HashPolicy.CookieAttribute.Builder
                    added = HashPolicy.CookieAttribute.newBuilder().setName(attribute.name());
            String value = attribute.value();
            if (value != null) {
                added.setValue(value);
            }
            cookie.addAttributes(added);
        }
        return cookie.build();
    }
}
