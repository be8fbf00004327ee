package io.lateen.sidecar.plan;

import io.lateen.sidecar.filter.authz.AddressRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is done with the connections of one kind.
 *
 * @param name for people
 * @param wants which connections it is for
 * @param tls how they are decrypted; null when they are taken as they come
 * @param traffic what is done with what is in them
 */
public record FilterChain(
        String name, Wants wants, @Nullable DownstreamTls tls, ListenerPlan traffic) {

    /**
     * Which connections a chain is for.
     *
     * @param port where they want to go; 0 for anywhere
     * @param ranges of addresses, in one of which they want to go; none for anywhere
     * @param serverNames names asked for, lower case, {@code *.example.com} for those below one;
     *     none for any
     * @param transport how they begin
     * @param applicationProtocols one of which they offer; none for any
     */
    public record Wants(
            int port,
            List<AddressRange> ranges,
            List<String> serverNames,
            Transport transport,
            List<String> applicationProtocols) {

        /** Every connection. */
        public static final Wants ANYTHING = new Wants(0, List.of(), Transport.ANY, List.of());

        /** Those that may want to go to any address. */
        public Wants(
                int port,
                List<String> serverNames,
                Transport transport,
                List<String> applicationProtocols) {
            this(port, List.of(), serverNames, transport, applicationProtocols);
        }

        public Wants {
            ranges = List.copyOf(ranges);
            serverNames = List.copyOf(serverNames);
            applicationProtocols = List.copyOf(applicationProtocols);
        }
    }

    /** How a connection begins. */
    public enum Transport {
        ANY,
        PLAIN,
        TLS
    }
}
