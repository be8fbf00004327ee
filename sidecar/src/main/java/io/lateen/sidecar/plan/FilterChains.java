package io.lateen.sidecar.plan;

import io.lateen.sidecar.exchange.Failure;
import io.lateen.sidecar.filter.authz.AddressRange;
import io.lateen.sidecar.plan.FilterChain.Transport;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The filter chains of a listener. A connection's chain is found as Envoy finds it: step by step,
 * the most special ones stay, and there is no way back: port, address, server name, transport,
 * application protocol.
 *
 * @param listener its name, for messages
 * @param chains in the order they were given in
 * @param otherwise for connections that none of them wants; null closes these
 * @param sniffs whether plain connections are looked at for HTTP
 * @param detection how long a client's first bytes are waited for
 */
public record FilterChains(
        String listener,
        List<FilterChain> chains,
        @Nullable FilterChain otherwise,
        boolean sniffs,
        Detection detection) {

    private static final List<String> SNIFFED = List.of("http/1.1", "h2c");

    public FilterChains {
        chains = List.copyOf(chains);
    }

    /**
     * The chain of a connection that began with a handshake.
     *
     * @return null when no chain wants it
     */
    public @Nullable FilterChain secured(ConnectionTraits traits) {
        List<FilterChain> left = ofTransport(named(traits), Transport.TLS);
        for (String offered : traits.applicationProtocols()) {
            for (FilterChain each : left) {
                if (each.wants().applicationProtocols().contains(offered)) {
                    return each;
                }
            }
        }
        return first(left, each -> each.wants().applicationProtocols().isEmpty());
    }

    /** What is done with a connection that is plain text. */
    public ListenerPlan plain(int port) {
        return plain(ConnectionTraits.plain(port, null));
    }

    /** What is done with a connection that is plain text. */
    public ListenerPlan plain(ConnectionTraits traits) {
        List<FilterChain> left = ofTransport(named(traits), Transport.PLAIN);
        FilterChain rest = first(left, each -> each.wants().applicationProtocols().isEmpty());
        FilterChain http = sniffs ? sniffedAsHttp(left) : null;
        if (http != null
                && http.traffic() instanceof ListenerPlan.Http(HttpPlan requests)
                && rest != null
                && rest.traffic() instanceof ListenerPlan.Tcp(TcpPlan bytes)) {
            return new ListenerPlan.Sniffed(requests, bytes, detection);
        }
        FilterChain chosen = http != null ? http : rest;
        return chosen == null || chosen.tls() != null ? unwanted(traits) : chosen.traffic();
    }

    /**
     * What is done with any connection to a place, where its first bytes make no difference: a
     * server may speak first there.
     *
     * @param traits of which nothing but the place is looked at
     * @return null where they do
     */
    public @Nullable ListenerPlan whateverComes(ConnectionTraits traits) {
        List<FilterChain> left = ofPlace(traits);
        if (left.size() > 1) {
            return null;
        }
        FilterChain only = left.isEmpty() ? otherwise : left.getFirst();
        if (only == null) {
            return unwanted(traits);
        }
        FilterChain.Wants wants = only.wants();
        boolean any =
                wants.serverNames().isEmpty()
                        && wants.transport() == Transport.ANY
                        && wants.applicationProtocols().isEmpty();
        return any && only.tls() == null ? only.traffic() : null;
    }

    /** What is done with a connection, whose requests are looked up anew for each plan. */
    public ListenerPlan of(ConnectionTraits traits) {
        if (!traits.tls()) {
            return plain(traits);
        }
        FilterChain chain = secured(traits);
        return chain == null ? unwanted(traits) : chain.traffic();
    }

    /** Says that no chain wants a connection. */
    public ListenerPlan.Refused unwanted(ConnectionTraits traits) {
        String found =
                traits.tls()
                        ? "a TLS connection with the application protocols "
                                + traits.applicationProtocols()
                                + (traits.serverName().isEmpty()
                                        ? ""
                                        : " for '" + traits.serverName() + "'")
                        : "plain text";
        return new ListenerPlan.Refused(
                new Failure.NoFilterChain(
                        "no filter chain of "
                                + listener
                                + " takes "
                                + found
                                + " to port "
                                + traits.port()
                                + "; where PeerAuthentication is STRICT, call through a sidecar"));
    }

    private List<FilterChain> ofPlace(ConnectionTraits traits) {
        List<FilterChain> left = ofPort(traits.port());
        int longest = -1;
        for (FilterChain each : left) {
            longest = Math.max(longest, bits(each, traits));
        }
        int bits = longest;
        return longest < 0
                ? those(left, each -> each.wants().ranges().isEmpty())
                : those(left, each -> bits(each, traits) == bits);
    }

    /**
     * Of how many bits the narrowest of a chain's ranges is that a connection goes to; -1: none.
     */
    private static int bits(FilterChain chain, ConnectionTraits traits) {
        int longest = -1;
        for (AddressRange range : chain.wants().ranges()) {
            if (range.bits() > longest && range.contains(traits.address())) {
                longest = range.bits();
            }
        }
        return longest;
    }

    private List<FilterChain> ofPort(int port) {
        List<FilterChain> exact = those(chains, each -> each.wants().port() == port);
        return exact.isEmpty() ? those(chains, each -> each.wants().port() == 0) : exact;
    }

    private List<FilterChain> named(ConnectionTraits traits) {
        List<FilterChain> left = ofPlace(traits);
        String name = traits.serverName();
        if (!name.isEmpty()) {
            List<FilterChain> exact =
                    those(left, each -> each.wants().serverNames().contains(name));
            if (!exact.isEmpty()) {
                return exact;
            }
            // a.b.example.com is below *.b.example.com before it is below *.example.com.
            for (int dot = name.indexOf('.', 1); dot >= 0; dot = name.indexOf('.', dot + 1)) {
                String above = "*" + name.substring(dot);
                List<FilterChain> below =
                        those(left, each -> each.wants().serverNames().contains(above));
                if (!below.isEmpty()) {
                    return below;
                }
            }
        }
        return those(left, each -> each.wants().serverNames().isEmpty());
    }

    private static List<FilterChain> ofTransport(List<FilterChain> from, Transport transport) {
        List<FilterChain> exact = those(from, each -> each.wants().transport() == transport);
        return exact.isEmpty()
                ? those(from, each -> each.wants().transport() == Transport.ANY)
                : exact;
    }

    private static @Nullable FilterChain sniffedAsHttp(List<FilterChain> from) {
        for (FilterChain each : from) {
            for (String protocol : SNIFFED) {
                if (each.wants().applicationProtocols().contains(protocol)) {
                    return each;
                }
            }
        }
        return null;
    }

    private @Nullable FilterChain first(List<FilterChain> from, Predicate<FilterChain> wanted) {
        for (FilterChain each : from) {
            if (wanted.test(each)) {
                return each;
            }
        }
        return otherwise;
    }

    private static List<FilterChain> those(List<FilterChain> from, Predicate<FilterChain> wanted) {
        return from.stream().filter(wanted).toList();
    }
}
