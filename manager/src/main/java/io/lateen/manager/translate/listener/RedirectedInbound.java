package io.lateen.manager.translate.listener;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.core.v3.TrafficDirection;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.FilterChainMatch;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.lateen.manager.snapshot.ServedPort;
import io.lateen.manager.translate.envoy.Words;
import io.lateen.manager.translate.security.Guard;
import io.lateen.manager.translate.security.Protection;
import io.lateen.model.naming.ClusterName;
import io.lateen.model.service.Protocol;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * All ports of the workload where traffic is redirected: told apart by the port that was dialled.
 *
 * @param address the proxy's own
 * @param served the ports
 * @param protection who may call, and how
 * @param accessLog how requests are logged
 */
record RedirectedInbound(
        String address, List<ServedPort> served, Protection protection, AccessLogging accessLog)
        implements ListenerPlan {

    private static final int PORT = 15006;

    RedirectedInbound {
        served = List.copyOf(served);
    }

    @Override
    public String name() {
        return "virtualInbound";
    }

    @Override
    public Listener message() {
        Listener.Builder listener =
                Listener.newBuilder()
                        .setName(name())
                        .setAddress(Words.address(address, PORT))
                        .setBindToPort(Words.yes())
                        .setUseOriginalDst(Words.yes())
                        .setTrafficDirection(TrafficDirection.INBOUND);
        if (protection.encryptsAnything()) {
            Inspectors.tls(listener);
        }
        Inspectors.http(listener);
        if (protection.encryptsAnything()) {
            addEncrypted(listener);
        } else {
            served.forEach(port -> addPlain(port, listener));
            listener.setDefaultFilterChain(
                    FilterChain.newBuilder().addAllFilters(passedOn(protection.guard())));
        }
        return listener.build();
    }

    /**
     * No default chain: Envoy would take it where the chains of a port refuse a connection. What is
     * for no port that the workload named goes where it was going, under the same rules.
     */
    private void addEncrypted(Listener.Builder listener) {
        Set<Integer> named = new TreeSet<>(protection.peers().ports().keySet());
        for (ServedPort port : served) {
            named.remove(port.appPort());
            InboundFilters filters =
                    new InboundFilters(port, protection.guard(), protection.limits(), accessLog);
            protection
                    .chains(port.appPort())
                    .of(port.protocol(), filters.requests(), filters.connections())
                    .forEach(chain -> listener.addFilterChains(of(port.appPort(), chain)));
        }
        for (int port : named) {
            protection
                    .chains(port)
                    .ofConnections(passedOn(protection.guard().at(port)))
                    .forEach(chain -> listener.addFilterChains(of(port, chain)));
        }
        protection
                .otherChains()
                .ofConnections(passedOn(protection.guard()))
                .forEach(
                        chain ->
                                listener.addFilterChains(
                                        chain.setName("other-" + chain.getName())));
    }

    private void addPlain(ServedPort port, Listener.Builder listener) {
        InboundFilters filters =
                new InboundFilters(port, protection.guard(), protection.limits(), accessLog);
        if (port.protocol() == Protocol.UNDECLARED) {
            listener.addFilterChains(
                    FilterChain.newBuilder()
                            .addAllFilters(filters.requests())
                            .setFilterChainMatch(
                                    match(port.appPort())
                                            .addApplicationProtocols("http/1.1")
                                            .addApplicationProtocols("h2c")));
        }
        listener.addFilterChains(
                FilterChain.newBuilder()
                        .addAllFilters(
                                port.protocol().isHttp()
                                        ? filters.requests()
                                        : filters.connections())
                        .setFilterChainMatch(match(port.appPort())));
    }

    private List<Filter> passedOn(Guard guard) {
        return InboundFilters.connections(
                guard, ClusterName.INBOUND_PASSTHROUGH, name(), accessLog.atUnknownService());
    }

    private static FilterChain.Builder of(int port, FilterChain.Builder chain) {
        chain.setName(port + "-" + chain.getName());
        chain.getFilterChainMatchBuilder().setDestinationPort(UInt32Value.of(port));
        return chain;
    }

    private static FilterChainMatch.Builder match(int port) {
        return FilterChainMatch.newBuilder().setDestinationPort(UInt32Value.of(port));
    }
}
