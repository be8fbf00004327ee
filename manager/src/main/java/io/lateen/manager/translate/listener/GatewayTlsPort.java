package io.lateen.manager.translate.listener;

import io.envoyproxy.envoy.config.core.v3.TrafficDirection;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.FilterChainMatch;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.lateen.manager.translate.envoy.Words;
import io.lateen.manager.translate.security.Guard;
import io.lateen.manager.translate.security.OutsideTls;
import io.lateen.manager.translate.security.TrustDomains;
import io.lateen.model.resource.Gateway;
import java.util.List;

/**
 * A port that a router opens for encrypted connections, told apart by the name that they ask for.
 *
 * @param name of the listener
 * @param address that it is opened at
 * @param port that it opens
 * @param chains one for each set of names
 * @param guard who may call
 * @param accessLog how requests and connections are logged
 */
record GatewayTlsPort(
        String name,
        String address,
        int port,
        List<Chain> chains,
        Guard guard,
        AccessLogging accessLog)
        implements ListenerPlan {

    private static final List<String> HTTP = List.of("h2", "http/1.1");

    GatewayTlsPort {
        chains = List.copyOf(chains);
    }

    /** What is done with connections that ask for one of some names. */
    sealed interface Chain {

        /** None for any name. */
        List<String> serverNames();

        /**
         * They are decrypted and read as HTTP.
         *
         * @param routes the name of their routes
         */
        record Requests(
                List<String> serverNames, Gateway.ServerTls tls, TrustDomains trust, String routes)
                implements Chain {}

        /** They are decrypted, and their bytes passed on. */
        record Decrypted(
                List<String> serverNames,
                Gateway.ServerTls tls,
                TrustDomains trust,
                TcpShares shares)
                implements Chain {}

        /** They are passed on as they come. */
        record PassedOn(List<String> serverNames, TcpShares shares) implements Chain {}
    }

    @Override
    public Listener message() {
        Listener.Builder listener =
                Listener.newBuilder()
                        .setName(name)
                        .setAddress(Words.address(address, port))
                        .setBindToPort(Words.yes())
                        .setTrafficDirection(TrafficDirection.OUTBOUND)
                        .addListenerFilters(Inspectors.tls());
        chains.forEach(chain -> listener.addFilterChains(message(chain)));
        return listener.build();
    }

    private FilterChain message(Chain chain) {
        FilterChain.Builder made =
                FilterChain.newBuilder()
                        .setFilterChainMatch(
                                FilterChainMatch.newBuilder()
                                        .setTransportProtocol("tls")
                                        .addAllServerNames(chain.serverNames()));
        String prefix = "outbound_" + name;
        return switch (chain) {
            case Chain.Requests(_, var tls, var trust, var routes) ->
                    made.setTransportSocket(OutsideTls.server(tls, HTTP, trust))
                            .addFilters(
                                    HttpConnections.filter(
                                            HttpConnections.gateway(
                                                    prefix, routes, guard, accessLog)))
                            .build();
            case Chain.Decrypted(_, var tls, var trust, var shares) ->
                    made.setTransportSocket(OutsideTls.server(tls, List.of(), trust))
                            .addAllFilters(guard.ofConnections())
                            .addFilters(shares.filter(prefix, accessLog))
                            .build();
            case Chain.PassedOn(_, var shares) ->
                    made.addAllFilters(guard.ofConnections())
                            .addFilters(shares.filter(prefix, accessLog))
                            .build();
        };
    }
}
