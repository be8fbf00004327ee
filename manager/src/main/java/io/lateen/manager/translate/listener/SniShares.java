package io.lateen.manager.translate.listener;

import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.FilterChainMatch;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import java.util.List;

/**
 * Where encrypted connections go that ask for one of some names.
 *
 * @param names one or more, {@code *.example.com} for those below one
 * @param shares where they go
 */
record SniShares(List<String> names, TcpShares shares) {

    SniShares {
        names = List.copyOf(names);
    }

    /** A chain for each, and what reads the names. */
    static Listener.Builder add(
            Listener.Builder listener,
            List<SniShares> all,
            String statPrefix,
            AccessLogging accessLog) {
        listener.addListenerFilters(Inspectors.tls());
        for (SniShares each : all) {
            listener.addFilterChains(
                    FilterChain.newBuilder()
                            .setFilterChainMatch(
                                    FilterChainMatch.newBuilder()
                                            .setTransportProtocol("tls")
                                            .addAllServerNames(each.names()))
                            .addFilters(each.shares().filter(statPrefix, accessLog)));
        }
        return listener;
    }
}
