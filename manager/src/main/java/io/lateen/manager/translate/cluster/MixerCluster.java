package io.lateen.manager.translate.cluster;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.lateen.manager.translate.envoy.Words;
import io.lateen.manager.translate.security.TlsContexts;
import io.lateen.manager.translate.security.TrustDomains;
import io.lateen.model.service.Protocol;
import java.time.Duration;

/** The cluster that every proxy reports to and asks about quota. */
public final class MixerCluster {

    /** Its name. */
    public static final String NAME = Words.MIXER;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

    private MixerCluster() {}

    /** The cluster of one mixer's address, over HTTP/2. */
    public static Cluster of(MixerAddress mixer, TrustDomains trust) {
        Cluster.Builder cluster =
                Cluster.newBuilder()
                        .setName(NAME)
                        .setType(
                                isAddress(mixer.host())
                                        ? Cluster.DiscoveryType.STATIC
                                        : Cluster.DiscoveryType.STRICT_DNS)
                        .setConnectTimeout(Words.duration(CONNECT_TIMEOUT))
                        .setLoadAssignment(
                                ClusterLoadAssignment.newBuilder()
                                        .setClusterName(NAME)
                                        .addEndpoints(
                                                LocalityLbEndpoints.newBuilder()
                                                        .addLbEndpoints(
                                                                LbEndpoint.newBuilder()
                                                                        .setEndpoint(
                                                                                endpoint(mixer)))));
        HttpOptions.apply(cluster, null, null, Protocol.GRPC);
        if (!mixer.plaintext()) {
            cluster.setTransportSocket(TlsContexts.system(NAME, trust));
        }
        return cluster.build();
    }

    private static Endpoint endpoint(MixerAddress mixer) {
        return Endpoint.newBuilder().setAddress(Words.address(mixer.host(), mixer.port())).build();
    }

    private static boolean isAddress(String host) {
        return host.matches("[0-9.]+") || host.indexOf(':') >= 0;
    }
}
