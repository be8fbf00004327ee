package io.lateen.sidecar.tls;

import io.lateen.sidecar.credential.Credentials;
import io.lateen.sidecar.credential.Held;
import io.lateen.sidecar.credential.ShownCertificate;
import io.lateen.sidecar.plan.CertificatePlace;
import io.lateen.sidecar.plan.DownstreamTls;
import io.lateen.sidecar.plan.OutsideTrust;
import io.lateen.sidecar.plan.RootsPlace;
import io.lateen.sidecar.plan.UpstreamTls;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The contexts for those outside the mesh: one for each way to speak with them, made when it is
 * first needed and made anew when the files that it was made of have changed. Any thread may ask;
 * {@link #renew} belongs to the configuration thread.
 */
final class Outside {

    /** Looks at files, after which nobody can still be about to use what was replaced before. */
    private static final int RETIRED_FOR = 3;

    private final Credentials credentials;
    private final InstantSource clock;
    private final Map<Way, Made> made = new ConcurrentHashMap<>();
    private final Deque<Retired> retired = new ArrayDeque<>();
    private long turn;

    Outside(Credentials credentials, InstantSource clock) {
        this.credentials = credentials;
        this.clock = clock;
    }

    /** One way to speak with somebody. */
    private sealed interface Way {

        record Server(DownstreamTls.Outside tls) implements Way {}

        record Client(UpstreamTls.Outside tls, List<String> protocols) implements Way {}
    }

    /**
     * What was made of what files held.
     *
     * @param context null where something is missing
     * @param missing what, where there is no context
     */
    private record Made(
            @Nullable ShownCertificate certificate,
            @Nullable List<X509Certificate> roots,
            @Nullable OutsideContext context,
            @Nullable String missing) {}

    private record Retired(OutsideContext context, long turn) {}

    /** Either a context, or why there is none. */
    record Found(@Nullable OutsideContext context, @Nullable String missing) {}

    Found server(DownstreamTls.Outside tls) {
        return find(new Way.Server(tls));
    }

    Found client(UpstreamTls.Outside tls, List<String> protocols) {
        return find(new Way.Client(tls, protocols));
    }

    private Found find(Way way) {
        Made found = made.computeIfAbsent(way, this::make);
        return new Found(found.context(), found.missing());
    }

    /** Makes anew what is made of other content now. */
    void renew() {
        turn++;
        made.replaceAll(
                (way, before) -> {
                    Made now = inputs(way);
                    // The very same content, not content that is equal: it was not read again.
                    if (same(now.certificate(), before.certificate())
                            && same(now.roots(), before.roots())
                            && Objects.equals(now.missing(), before.missing())) {
                        return before;
                    }
                    retire(before);
                    return make(way);
                });
        while (!retired.isEmpty() && turn - retired.getFirst().turn() >= RETIRED_FOR) {
            retired.removeFirst().context().release();
        }
    }

    /** Forgets ways that the plan in force does not name. */
    void keep(List<DownstreamTls.Outside> servers, List<UpstreamTls.Outside> clients) {
        made.entrySet()
                .removeIf(
                        entry -> {
                            boolean wanted =
                                    switch (entry.getKey()) {
                                        case Way.Server(var tls) -> servers.contains(tls);
                                        case Way.Client(var tls, _) -> clients.contains(tls);
                                    };
                            if (!wanted) {
                                retire(entry.getValue());
                            }
                            return !wanted;
                        });
    }

    private void retire(Made before) {
        if (before.context() != null) {
            retired.add(new Retired(before.context(), turn));
        }
    }

    void close() {
        retired.forEach(each -> each.context().release());
        retired.clear();
        made.values()
                .forEach(
                        each -> {
                            if (each.context() != null) {
                                each.context().release();
                            }
                        });
        made.clear();
    }

    @SuppressWarnings("ReferenceEquality") // the same instance is what was not read again
    private static boolean same(@Nullable Object now, @Nullable Object before) {
        return now == before;
    }

    private Made make(Way way) {
        Made inputs = inputs(way);
        if (inputs.missing() != null) {
            return inputs;
        }
        List<X509Certificate> roots = inputs.roots() == null ? List.of() : inputs.roots();
        ShownCertificate certificate = inputs.certificate();
        OutsideContext context =
                switch (way) {
                    case Way.Server(var tls) ->
                            OutsideContext.server(
                                    tls,
                                    Objects.requireNonNull(certificate),
                                    new OutsidePeers(tls.trust(), roots, clock));
                    case Way.Client(var tls, var protocols) ->
                            OutsideContext.client(
                                    tls,
                                    protocols,
                                    certificate,
                                    new OutsidePeers(tls.trust(), roots, clock));
                };
        return new Made(certificate, inputs.roots(), context, null);
    }

    private Made inputs(Way way) {
        return switch (way) {
            case Way.Server(var tls) -> inputs(tls.certificate(), tls.trust());
            case Way.Client(var tls, _) -> inputs(tls.own(), tls.trust());
        };
    }

    private Made inputs(@Nullable CertificatePlace place, OutsideTrust trust) {
        ShownCertificate certificate = null;
        if (place != null) {
            Held<ShownCertificate> held = credentials.of(place);
            certificate = held.value();
            if (certificate == null) {
                return new Made(null, null, null, place + ": " + held.fault());
            }
        }
        List<X509Certificate> roots = null;
        RootsPlace from = trust.roots();
        if (from != null) {
            Held<List<X509Certificate>> held = credentials.of(from);
            roots = held.value();
            if (roots == null) {
                return new Made(certificate, null, null, from + ": " + held.fault());
            }
        }
        return new Made(certificate, roots, null, null);
    }
}
