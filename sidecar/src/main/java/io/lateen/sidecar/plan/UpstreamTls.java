package io.lateen.sidecar.plan;

import io.lateen.sidecar.route.ValueMatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a connection to an endpoint is encrypted. Two endpoints of equal value may share nothing
 * else, but an endpoint whose value changes keeps no connection.
 */
public sealed interface UpstreamTls {

    /** What is offered in ALPN. */
    Offers offers();

    /** The name that is asked for (SNI); empty for none. */
    String serverName();

    /**
     * Within the mesh: with our own certificate, and by the roots that it came with.
     *
     * @param identities whom the endpoint may be, as text; any identity of the mesh when empty
     */
    record OfMesh(Offers offers, String serverName, List<ValueMatch> identities)
            implements UpstreamTls {

        public OfMesh {
            identities = List.copyOf(identities);
        }

        /** Whether an identity is one that the endpoint may have. */
        public boolean accepts(String identity) {
            return UpstreamTls.accepts(identities, identity);
        }
    }

    /**
     * To somebody outside the mesh.
     *
     * @param own what is shown to a server that asks; null for nothing
     * @param trust what is asked of the server's certificate
     * @param terms what may be agreed on
     */
    record Outside(
            Offers offers,
            String serverName,
            @Nullable CertificatePlace own,
            OutsideTrust trust,
            TlsTerms terms)
            implements UpstreamTls {}

    /**
     * The application protocols that are offered, by what is spoken on the connection: the other
     * side chooses by them what it takes the connection for.
     */
    record Offers(List<String> http1, List<String> http2, List<String> bytes) {

        private static final List<String> HTTP1 = List.of("istio-http/1.1", "http/1.1");
        private static final List<String> HTTP2 = List.of("istio-h2", "h2");
        private static final List<String> HTTP =
                List.of("istio-http/1.0", "istio-http/1.1", "http/1.1", "istio-h2", "h2");

        public Offers {
            http1 = List.copyOf(http1);
            http2 = List.copyOf(http2);
            bytes = List.copyOf(bytes);
        }

        /** Of all that may be offered, what fits each. */
        static Offers of(List<String> all) {
            return new Offers(fitting(all, HTTP1), fitting(all, HTTP2), fitting(all, List.of()));
        }

        private static List<String> fitting(List<String> all, List<String> wanted) {
            for (String each : wanted) {
                if (all.contains(each)) {
                    return List.of(each);
                }
            }
            return all.stream().filter(each -> !HTTP.contains(each)).toList();
        }
    }

    /** Whether an identity is among those that match; any is where none is named. */
    static boolean accepts(List<ValueMatch> identities, String identity) {
        for (ValueMatch each : identities) {
            if (each.matches(identity)) {
                return true;
            }
        }
        return identities.isEmpty();
    }
}
