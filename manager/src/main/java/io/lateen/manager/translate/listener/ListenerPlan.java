package io.lateen.manager.translate.listener;

import io.envoyproxy.envoy.config.core.v3.Metadata;
import io.envoyproxy.envoy.config.core.v3.TrafficDirection;
import io.envoyproxy.envoy.config.listener.v3.ApiListener;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.FilterChainMatch;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.lateen.manager.translate.envoy.Deterministic;
import io.lateen.manager.translate.envoy.Metadatas;
import io.lateen.manager.translate.envoy.Words;
import io.lateen.manager.translate.security.Guard;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All that one listener follows from, compared by value. */
public sealed interface ListenerPlan
        permits ListenerPlan.HttpPort,
                ListenerPlan.ServiceAddress,
                ListenerPlan.Outbound,
                ListenerPlan.GatewayPort,
                ListenerPlan.GatewayTcpPort,
                GatewayTlsPort,
                OutsidePort,
                ListenerPlan.Api,
                InboundPort,
                RedirectedInbound {

    /** The listener's name. */
    String name();

    /** The listener. */
    Listener message();

    /**
     * Every HTTP service port of one number, at whatever address.
     *
     * @param port the number, also the name of its routes
     * @param accessLog how requests are logged
     */
    record HttpPort(int port, AccessLogging accessLog) implements ListenerPlan {
        @Override
        public String name() {
            return "0.0.0.0_" + port;
        }

        @Override
        public Listener message() {
            return unbound(name(), "0.0.0.0", port)
                    .addFilterChains(
                            chain(
                                    HttpConnections.filter(
                                            HttpConnections.outbound(
                                                    "outbound_" + name(),
                                                    Integer.toString(port),
                                                    accessLog))))
                    .build();
        }
    }

    /**
     * One service port that is not known to be HTTP, at one of the service's addresses.
     *
     * @param address that stands for the service
     * @param port of the service
     * @param hosts names that stand for the address
     * @param shares where connections go
     * @param byName where those go that ask for a server's name (SNI)
     * @param sniffedRoutes the routes of what turns out to be HTTP; null if nothing is sniffed
     * @param accessLog how connections are logged
     */
    record ServiceAddress(
            String address,
            int port,
            List<String> hosts,
            TcpShares shares,
            List<SniShares> byName,
            @Nullable String sniffedRoutes,
            AccessLogging accessLog)
            implements ListenerPlan {

        public ServiceAddress {
            hosts = List.copyOf(hosts);
            byName = List.copyOf(byName);
        }

        @Override
        public String name() {
            return address + "_" + port;
        }

        @Override
        public Listener message() {
            Listener.Builder listener =
                    unbound(name(), address, port)
                            .setMetadata(
                                    Metadata.newBuilder()
                                            .putFilterMetadata(
                                                    Metadatas.LATEEN,
                                                    Metadatas.struct(Map.of("hosts", hostList()))));
            Filter connections = shares.filter("outbound_" + name(), accessLog);
            if (!byName.isEmpty()) {
                return SniShares.add(listener, byName, "outbound_" + name(), accessLog)
                        .setDefaultFilterChain(chain(connections))
                        .build();
            }
            if (sniffedRoutes == null) {
                return listener.addFilterChains(chain(connections)).build();
            }
            Filter requests =
                    HttpConnections.filter(
                            HttpConnections.outbound(
                                    "outbound_" + name(), sniffedRoutes, accessLog));
            return sniffed(listener, requests, connections).build();
        }

        private com.google.protobuf.Value hostList() {
            return Metadatas.list(hosts.stream().map(Metadatas::text).toList());
        }
    }

    /**
     * Where the workload's own traffic arrives, redirected or sent to the proxy outright.
     *
     * @param address the proxy's own
     * @param shares where traffic goes that is for no service
     * @param accessLog how connections are logged
     */
    record Outbound(String address, TcpShares shares, AccessLogging accessLog)
            implements ListenerPlan {

        private static final int PORT = 15001;

        @Override
        public String name() {
            return "virtualOutbound";
        }

        @Override
        public Listener message() {
            return Listener.newBuilder()
                    .setName(name())
                    .setAddress(Words.address(address, PORT))
                    .setBindToPort(Words.yes())
                    .setUseOriginalDst(Words.yes())
                    .setTrafficDirection(TrafficDirection.OUTBOUND)
                    .setDefaultFilterChain(chain(shares.filter(name(), accessLog)))
                    .build();
        }
    }

    /**
     * A port that a router opens for requests.
     *
     * @param name of the listener
     * @param address that it is opened at
     * @param port that it opens
     * @param routes the name of its routes
     * @param guard who may call
     * @param accessLog how requests are logged
     */
    record GatewayPort(
            String name,
            String address,
            int port,
            String routes,
            Guard guard,
            AccessLogging accessLog)
            implements ListenerPlan {
        @Override
        public Listener message() {
            return door(name, address, port)
                    .addFilterChains(
                            chain(
                                    HttpConnections.filter(
                                            HttpConnections.gateway(
                                                    "outbound_" + name, routes, guard, accessLog))))
                    .build();
        }
    }

    /**
     * A port that a router opens for connections.
     *
     * @param name of the listener
     * @param address that it is opened at
     * @param port that it opens
     * @param shares where connections go
     * @param guard who may call
     * @param accessLog how connections are logged
     */
    record GatewayTcpPort(
            String name,
            String address,
            int port,
            TcpShares shares,
            Guard guard,
            AccessLogging accessLog)
            implements ListenerPlan {
        @Override
        public Listener message() {
            return door(name, address, port)
                    .addFilterChains(
                            FilterChain.newBuilder()
                                    .addAllFilters(guard.ofConnections())
                                    .addFilters(shares.filter("outbound_" + name, accessLog)))
                    .build();
        }
    }

    private static Listener.Builder door(String name, String address, int port) {
        return Listener.newBuilder()
                .setName(name)
                .setAddress(Words.address(address, port))
                .setBindToPort(Words.yes())
                .setTrafficDirection(TrafficDirection.OUTBOUND);
    }

    /**
     * One name and port as a gRPC client without a sidecar asks for it.
     *
     * @param name as the client writes it, {@code reviews:9080}
     * @param routes the name of its routes
     */
    record Api(String name, String routes) implements ListenerPlan {
        @Override
        public Listener message() {
            return Listener.newBuilder()
                    .setName(name)
                    .setApiListener(
                            ApiListener.newBuilder()
                                    .setApiListener(Deterministic.any(HttpConnections.api(routes))))
                    .build();
        }
    }

    private static Listener.Builder unbound(String name, String address, int port) {
        return Listener.newBuilder()
                .setName(name)
                .setAddress(Words.address(address, port))
                .setBindToPort(Words.no())
                .setTrafficDirection(TrafficDirection.OUTBOUND);
    }

    private static FilterChain.Builder chain(Filter filter) {
        return FilterChain.newBuilder().addFilters(filter);
    }

    /** What turns out to be HTTP takes the first chain, everything else the last. */
    private static Listener.Builder sniffed(
            Listener.Builder listener, Filter requests, Filter connections) {
        return Inspectors.http(listener)
                .addFilterChains(
                        chain(requests)
                                .setFilterChainMatch(
                                        FilterChainMatch.newBuilder()
                                                .addApplicationProtocols("http/1.1")
                                                .addApplicationProtocols("h2c")))
                .setDefaultFilterChain(chain(connections));
    }
}
