package io.lateen.sidecar.plan;

import io.envoyproxy.envoy.config.core.v3.CidrRange;
import io.envoyproxy.envoy.config.listener.v3.FilterChainMatch;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.lateen.sidecar.filter.authz.AddressRange;
import io.lateen.sidecar.plan.FilterChain.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Makes the filter chains of a listener that has several kinds of connections. */
final class FilterChainFactory {

    private static final Set<String> SNIFFED_AS_HTTP = Set.of("http/1.0", "http/1.1", "h2c");

    private FilterChainFactory() {}

    /** Whether a chain is not for every connection, or decrypts it. */
    static boolean chooses(io.envoyproxy.envoy.config.listener.v3.FilterChain chain) {
        return chain.hasTransportSocket()
                || !chain.getFilterChainMatch().equals(FilterChainMatch.getDefaultInstance());
    }

    /** Whether a chain is for plain HTTP, and says nothing else of its connections. */
    static boolean choosesSniffedHttpAlone(
            io.envoyproxy.envoy.config.listener.v3.FilterChain chain) {
        FilterChainMatch match = chain.getFilterChainMatch();
        return !chain.hasTransportSocket()
                && match.getApplicationProtocolsCount() > 0
                && SNIFFED_AS_HTTP.containsAll(match.getApplicationProtocolsList())
                && match.toBuilder()
                        .clearApplicationProtocols()
                        .build()
                        .equals(FilterChainMatch.getDefaultInstance());
    }

    static ListenerDraft.Traffic chains(Listener from, boolean sniffs) throws Refusal {
        List<ListenerDraft.Chain> chains = new ArrayList<>();
        for (int i = 0; i < from.getFilterChainsCount(); i++) {
            chains.add(chain(from.getFilterChains(i), "filter_chains[" + i + "]"));
        }
        for (int i = 0; i < chains.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (chains.get(i).wants().equals(chains.get(j).wants())) {
                    throw new Refusal(
                            "filter_chains[" + i + "].filter_chain_match",
                            "is that of filter_chains[%d]; expected each once".formatted(j));
                }
            }
        }
        ListenerDraft.Chain otherwise =
                from.hasDefaultFilterChain()
                        ? chain(from.getDefaultFilterChain(), "default_filter_chain")
                        : null;
        return new ListenerDraft.Traffic.Chains(List.copyOf(chains), otherwise, sniffs);
    }

    private static ListenerDraft.Chain chain(
            io.envoyproxy.envoy.config.listener.v3.FilterChain from, String at) throws Refusal {
        return new ListenerDraft.Chain(
                from.getName(),
                wants(from.getFilterChainMatch(), at + ".filter_chain_match"),
                from.hasTransportSocket()
                        ? TransportFactory.clients(
                                from.getTransportSocket(), at + ".transport_socket")
                        : null,
                ListenerFactory.chain(from, at));
    }

    private static FilterChain.Wants wants(FilterChainMatch match, String at) throws Refusal {
        int port = match.getDestinationPort().getValue();
        if (port < 0 || port > 65535) {
            throw new Refusal(at + ".destination_port", "is %d; expected 1..65535".formatted(port));
        }
        Transport transport =
                switch (match.getTransportProtocol()) {
                    case "" -> Transport.ANY;
                    case "raw_buffer" -> Transport.PLAIN;
                    case "tls" -> Transport.TLS;
                    default ->
                            throw new Refusal(
                                    at + ".transport_protocol",
                                    "is '%s'; expected tls or raw_buffer"
                                            .formatted(match.getTransportProtocol()));
                };
        List<String> names = new ArrayList<>();
        for (String name : match.getServerNamesList()) {
            if (name.equals("*") || (name.indexOf('*') >= 0 && !name.startsWith("*."))) {
                throw new Refusal(
                        at + ".server_names",
                        "holds '%s'; expected a name, or *. and a name".formatted(name));
            }
            names.add(name.toLowerCase(Locale.ROOT));
        }
        return new FilterChain.Wants(
                port, ranges(match, at), names, transport, match.getApplicationProtocolsList());
    }

    private static List<AddressRange> ranges(FilterChainMatch match, String at) throws Refusal {
        List<AddressRange> ranges = new ArrayList<>();
        for (int i = 0; i < match.getPrefixRangesCount(); i++) {
            CidrRange from = match.getPrefixRanges(i);
            int bits = from.hasPrefixLen() ? from.getPrefixLen().getValue() : 0;
            AddressRange range = AddressRange.of(from.getAddressPrefix(), bits);
            if (range == null) {
                throw new Refusal(
                        at + ".prefix_ranges[" + i + "]",
                        "is '%s/%d'; expected an IP address and a length"
                                .formatted(from.getAddressPrefix(), bits));
            }
            ranges.add(range);
        }
        return ranges;
    }
}
