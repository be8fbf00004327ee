package io.lateen.manager.translate.listener;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.core.v3.CidrRange;
import io.envoyproxy.envoy.config.core.v3.TrafficDirection;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.FilterChainMatch;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.lateen.manager.translate.envoy.Words;
import java.util.List;

/**
 * A port on which the mesh knows hosts that no single address stands for: those below a name, told
 * by the name that the client asks for, and networks, told by the address. Whatever goes elsewhere
 * is treated as at any other port.
 *
 * @param port the number
 * @param byName where connections go that ask for a server's name (SNI)
 * @param byNetwork where connections go by their address
 * @param otherwise where all others go
 * @param accessLog how connections are logged
 */
record OutsidePort(
        int port,
        List<SniShares> byName,
        List<NetworkShares> byNetwork,
        TcpShares otherwise,
        AccessLogging accessLog)
        implements ListenerPlan {

    OutsidePort {
        byName = List.copyOf(byName);
        byNetwork = List.copyOf(byNetwork);
    }

    /**
     * Where the connections to a network go.
     *
     * @param network {@code 10.0.0.0/8}
     * @param shares where they go
     */
    record NetworkShares(String network, TcpShares shares) {

        private CidrRange range() {
            int slash = network.indexOf('/');
            return CidrRange.newBuilder()
                    .setAddressPrefix(network.substring(0, slash))
                    .setPrefixLen(UInt32Value.of(Integer.parseInt(network.substring(slash + 1))))
                    .build();
        }
    }

    @Override
    public String name() {
        return "0.0.0.0_" + port;
    }

    @Override
    public Listener message() {
        String prefix = "outbound_" + name();
        Listener.Builder listener =
                Listener.newBuilder()
                        .setName(name())
                        .setAddress(Words.address("0.0.0.0", port))
                        .setBindToPort(Words.no())
                        .setTrafficDirection(TrafficDirection.OUTBOUND);
        if (!byName.isEmpty()) {
            SniShares.add(listener, byName, prefix, accessLog);
        }
        for (NetworkShares each : byNetwork) {
            listener.addFilterChains(
                    FilterChain.newBuilder()
                            .setFilterChainMatch(
                                    FilterChainMatch.newBuilder().addPrefixRanges(each.range()))
                            .addFilters(each.shares().filter(prefix, accessLog)));
        }
        return listener.setDefaultFilterChain(
                        FilterChain.newBuilder().addFilters(otherwise.filter(prefix, accessLog)))
                .build();
    }
}
