package io.lateen.manager.translate.listener;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.core.v3.Metadata;
import io.envoyproxy.envoy.config.core.v3.TrafficDirection;
import io.envoyproxy.envoy.config.listener.v3.ApiListener;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.FilterChainMatch;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.listener.v3.ListenerFilter;
import io.envoyproxy.envoy.extensions.filters.listener.http_inspector.v3.HttpInspector;
import io.lateen.manager.snapshot.ServedPort;
import io.lateen.manager.translate.envoy.Deterministic;
import io.lateen.manager.translate.envoy.Metadatas;
import io.lateen.manager.translate.envoy.Words;
import io.lateen.model.naming.ClusterName;
import io.lateen.model.service.Protocol;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All that one listener follows from, compared by value. */
public sealed interface ListenerPlan {

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
    record HttpPort(int port, AccessLogFormat accessLog) implements ListenerPlan {
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
     * @param sniffedRoutes the routes of what turns out to be HTTP; null if nothing is sniffed
     * @param accessLog how connections are logged
     */
    record ServiceAddress(
            String address,
            int port,
            List<String> hosts,
            TcpShares shares,
            @Nullable String sniffedRoutes,
            AccessLogFormat accessLog)
            implements ListenerPlan {

        public ServiceAddress {
            hosts = List.copyOf(hosts);
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
    record Outbound(String address, TcpShares shares, AccessLogFormat accessLog)
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
     * @param accessLog how requests are logged
     */
    record GatewayPort(
            String name, String address, int port, String routes, AccessLogFormat accessLog)
            implements ListenerPlan {
        @Override
        public Listener message() {
            return door(name, address, port)
                    .addFilterChains(
                            chain(
                                    HttpConnections.filter(
                                            HttpConnections.gateway(
                                                    "outbound_" + name, routes, accessLog))))
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
     * @param accessLog how connections are logged
     */
    record GatewayTcpPort(
            String name, String address, int port, TcpShares shares, AccessLogFormat accessLog)
            implements ListenerPlan {
        @Override
        public Listener message() {
            return door(name, address, port)
                    .addFilterChains(chain(shares.filter("outbound_" + name, accessLog)))
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

    /**
     * A port of the workload where others reach it through the proxy's own listener.
     *
     * @param name of the listener
     * @param address the proxy's own
     * @param served the port
     * @param accessLog how requests are logged
     */
    record Inbound(String name, String address, ServedPort served, AccessLogFormat accessLog)
            implements ListenerPlan {
        @Override
        public Listener message() {
            Listener.Builder listener =
                    Listener.newBuilder()
                            .setName(name)
                            .setAddress(Words.address(address, served.inboundPort()))
                            .setBindToPort(Words.yes())
                            .setTrafficDirection(TrafficDirection.INBOUND);
            InboundFilters filters = new InboundFilters(served, accessLog);
            if (served.protocol().isHttp()) {
                return listener.addFilterChains(chain(filters.requests())).build();
            }
            if (served.protocol() == Protocol.UNDECLARED) {
                return sniffed(listener, filters.requests(), filters.connections()).build();
            }
            return listener.addFilterChains(chain(filters.connections())).build();
        }
    }

    /**
     * All ports of the workload where traffic is redirected: told apart by the port that was
     * dialled.
     *
     * @param address the proxy's own
     * @param served the ports
     * @param accessLog how requests are logged
     */
    record RedirectedInbound(String address, List<ServedPort> served, AccessLogFormat accessLog)
            implements ListenerPlan {

        private static final int PORT = 15006;

        public RedirectedInbound {
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
                            .setTrafficDirection(TrafficDirection.INBOUND)
                            .addListenerFilters(httpInspector());
            for (ServedPort port : served) {
                InboundFilters filters = new InboundFilters(port, accessLog);
                FilterChainMatch.Builder match =
                        FilterChainMatch.newBuilder()
                                .setDestinationPort(UInt32Value.of(port.appPort()));
                if (port.protocol() == Protocol.UNDECLARED) {
                    listener.addFilterChains(
                            chain(filters.requests())
                                    .setFilterChainMatch(
                                            match.clone()
                                                    .addApplicationProtocols("http/1.1")
                                                    .addApplicationProtocols("h2c")));
                }
                listener.addFilterChains(
                        chain(port.protocol().isHttp() ? filters.requests() : filters.connections())
                                .setFilterChainMatch(match));
            }
            return listener.setDefaultFilterChain(
                            chain(
                                    TcpShares.all(ClusterName.INBOUND_PASSTHROUGH)
                                            .filter(name(), accessLog)))
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
    static Listener.Builder sniffed(
            Listener.Builder listener, Filter requests, Filter connections) {
        return listener.addListenerFilters(httpInspector())
                .addFilterChains(
                        chain(requests)
                                .setFilterChainMatch(
                                        FilterChainMatch.newBuilder()
                                                .addApplicationProtocols("http/1.1")
                                                .addApplicationProtocols("h2c")))
                .setDefaultFilterChain(chain(connections));
    }

    private static ListenerFilter httpInspector() {
        return ListenerFilter.newBuilder()
                .setName("envoy.filters.listener.http_inspector")
                .setTypedConfig(Deterministic.any(HttpInspector.getDefaultInstance()))
                .build();
    }
}
