package io.lateen.sidecar.plan;

import io.lateen.sidecar.route.ValueMatch;
import java.util.List;

/**
 * How a connection to an endpoint of the mesh is encrypted: with our own certificate, and by the
 * roots that it came with. Two endpoints of equal value may share nothing else, but an endpoint
 * whose value changes keeps no connection.
 *
 * @param offers what is offered in ALPN
 * @param serverName the name that is asked for (SNI); empty for none
 * @param identities whom the endpoint may be, as text; any identity of the mesh when empty
 */
public record UpstreamTls(Offers offers, String serverName, List<ValueMatch> identities) {

    public UpstreamTls {
        identities = List.copyOf(identities);
    }

    /**
     * The application protocols that are offered, by what is spoken on the connection: the other
     * side chooses by them what it takes the connection for.
     */
    public record Offers(List<String> http1, List<String> http2, List<String> bytes) {

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

    /** Whether an identity is one that the endpoint may have. */
    public boolean accepts(String identity) {
        return accepts(identities, identity);
    }

    static boolean accepts(List<ValueMatch> identities, String identity) {
        for (ValueMatch each : identities) {
            if (each.matches(identity)) {
                return true;
            }
        }
        return identities.isEmpty();
    }
}
