package io.lateen.manager.translate.security;

import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.FilterChainMatch;
import io.lateen.model.resource.PeerAuthentication.Mode;
import io.lateen.model.service.Protocol;
import java.util.ArrayList;
import java.util.List;

/**
 * The filter chains of one inbound port where certificates are asked for or taken, told apart by
 * how a connection begins. Order does not count: of the chains that fit, the most special one is
 * taken.
 *
 * @param mode PERMISSIVE or STRICT
 * @param trust whose identities are the mesh's
 */
public record InboundChains(Mode mode, TrustDomains trust) {

    private static final String TLS = "tls";
    private static final String RAW = "raw_buffer";

    /** By which a client of the mesh says that it speaks HTTP. */
    private static final List<String> MUTUAL_HTTP =
            List.of("istio-http/1.0", "istio-http/1.1", "istio-h2");

    /** By which it says that it speaks something else. */
    private static final List<String> MUTUAL_BYTES = List.of("istio", "istio-peer-exchange");

    private static final List<String> SNIFFED_HTTP = List.of("http/1.1", "h2c");

    /** What an HTTP connection is told when it asks; clients of the mesh ask for none of these. */
    private static final List<String> ANSWERED = List.of("h2", "http/1.1");

    /** Checks the mode. */
    public InboundChains {
        if (mode == Mode.UNSET) {
            throw new IllegalArgumentException(
                    "mode: found UNSET, expected DISABLE, PERMISSIVE or STRICT");
        }
    }

    /**
     * The chains of a port.
     *
     * @param protocol that is spoken there
     * @param requests what is done with requests
     * @param connections what is done with bytes
     */
    public List<FilterChain.Builder> of(
            Protocol protocol, List<Filter> requests, List<Filter> connections) {
        if (protocol.isHttp()) {
            return ofRequests(requests);
        }
        return protocol == Protocol.UNDECLARED
                ? ofEither(requests, connections)
                : ofConnections(connections);
    }

    /** The chains of a port on which bytes are passed on. */
    public List<FilterChain.Builder> ofConnections(List<Filter> connections) {
        return switch (mode) {
            case UNSET, DISABLE -> List.of(plain("plain-tcp", "", List.of(), connections));
            case PERMISSIVE ->
                    List.of(
                            mutual("mtls-tcp", both(), List.of(), connections),
                            // TLS of the application's own: its bytes are passed on as they are.
                            plain("tls-tcp", TLS, List.of(), connections),
                            plain("plain-tcp", RAW, List.of(), connections));
            case STRICT -> List.of(mutual("mtls-tcp", List.of(), List.of(), connections));
        };
    }

    private List<FilterChain.Builder> ofRequests(List<Filter> requests) {
        return switch (mode) {
            case UNSET, DISABLE -> List.of(plain("plain-http", "", List.of(), requests));
            case PERMISSIVE ->
                    List.of(
                            mutual("mtls-http", both(), ANSWERED, requests),
                            plain("plain-http", RAW, List.of(), requests));
            case STRICT -> List.of(mutual("mtls-http", List.of(), ANSWERED, requests));
        };
    }

    private List<FilterChain.Builder> ofEither(List<Filter> requests, List<Filter> connections) {
        List<FilterChain.Builder> chains = new ArrayList<>();
        if (mode == Mode.STRICT) {
            chains.add(mutual("mtls-http", MUTUAL_HTTP, ANSWERED, requests));
            chains.add(mutual("mtls-tcp", List.of(), List.of(), connections));
            return chains;
        }
        if (mode == Mode.PERMISSIVE) {
            chains.add(mutual("mtls-http", MUTUAL_HTTP, ANSWERED, requests));
            chains.add(mutual("mtls-tcp", MUTUAL_BYTES, List.of(), connections));
        }
        chains.add(plain("plain-http", RAW, SNIFFED_HTTP, requests));
        chains.add(plain("tls-tcp", TLS, List.of(), connections));
        chains.add(plain("plain-tcp", RAW, List.of(), connections));
        return chains;
    }

    private static List<String> both() {
        List<String> both = new ArrayList<>(MUTUAL_BYTES);
        both.addAll(MUTUAL_HTTP);
        return both;
    }

    private FilterChain.Builder mutual(
            String name, List<String> offered, List<String> answered, List<Filter> filters) {
        return plain(name, TLS, offered, filters)
                .setTransportSocket(TlsContexts.server(answered, trust));
    }

    private static FilterChain.Builder plain(
            String name, String transport, List<String> offered, List<Filter> filters) {
        return FilterChain.newBuilder()
                .setName(name)
                .addAllFilters(filters)
                .setFilterChainMatch(
                        FilterChainMatch.newBuilder()
                                .setTransportProtocol(transport)
                                .addAllApplicationProtocols(offered));
    }
}
