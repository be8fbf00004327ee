package io.lateen.manager.translate.listener;

import io.envoyproxy.envoy.config.core.v3.TrafficDirection;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.FilterChainMatch;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.lateen.manager.snapshot.ServedPort;
import io.lateen.manager.translate.envoy.Words;
import io.lateen.manager.translate.security.InboundChains;
import io.lateen.manager.translate.security.Protection;
import io.lateen.model.resource.PeerAuthentication.Mode;
import io.lateen.model.service.Protocol;

/**
 * A port of the workload where others reach it through the proxy's own listener.
 *
 * @param name of the listener
 * @param address the proxy's own
 * @param served the port
 * @param protection who may call, and how
 * @param accessLog how requests are logged
 */
record InboundPort(
        String name,
        String address,
        ServedPort served,
        Protection protection,
        AccessLogging accessLog)
        implements ListenerPlan {

    @Override
    public Listener message() {
        Listener.Builder listener =
                Listener.newBuilder()
                        .setName(name)
                        .setAddress(Words.address(address, served.inboundPort()))
                        .setBindToPort(Words.yes())
                        .setTrafficDirection(TrafficDirection.INBOUND);
        InboundFilters filters =
                new InboundFilters(served, protection.guard(), protection.limits(), accessLog);
        if (protection.encrypts(served.appPort())) {
            encrypted(listener, filters, protection.chains(served.appPort()));
        } else {
            plain(listener, filters);
        }
        return listener.build();
    }

    private void encrypted(
            Listener.Builder listener, InboundFilters filters, InboundChains chains) {
        Inspectors.tls(listener);
        if (served.protocol() == Protocol.UNDECLARED && chains.mode() == Mode.PERMISSIVE) {
            Inspectors.http(listener);
        }
        chains.of(served.protocol(), filters.requests(), filters.connections())
                .forEach(listener::addFilterChains);
    }

    private void plain(Listener.Builder listener, InboundFilters filters) {
        FilterChain.Builder requests = FilterChain.newBuilder().addAllFilters(filters.requests());
        FilterChain.Builder connections =
                FilterChain.newBuilder().addAllFilters(filters.connections());
        if (served.protocol().isHttp()) {
            listener.addFilterChains(requests);
        } else if (served.protocol() == Protocol.UNDECLARED) {
            Inspectors.http(listener)
                    .addFilterChains(
                            requests.setFilterChainMatch(
                                    FilterChainMatch.newBuilder()
                                            .addApplicationProtocols("http/1.1")
                                            .addApplicationProtocols("h2c")))
                    .setDefaultFilterChain(connections);
        } else {
            listener.addFilterChains(connections);
        }
    }
}
