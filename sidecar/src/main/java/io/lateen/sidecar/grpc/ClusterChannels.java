package io.lateen.sidecar.grpc;

import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.lateen.identity.CertificateSource;
import io.lateen.identity.tls.MeshCredentials;
import io.lateen.sidecar.plan.ClusterPlan;
import io.lateen.sidecar.plan.EndpointPlan;
import io.lateen.sidecar.plan.LivePlan;
import io.lateen.sidecar.plan.UpstreamTls;
import io.lateen.sidecar.quota.QuotaChannels;
import io.lateen.sidecar.report.ReportChannels;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Opens channels to the first endpoint of clusters, in TLS where the cluster says so: with this
 * workload's certificate, to the identities that the cluster names. Any thread.
 */
public final class ClusterChannels implements ReportChannels, QuotaChannels {

    private static final int CONNECT_MILLIS = 3_000;

    private final LivePlan live;
    private final EventLoopGroup loops;
    private final Function<EventLoopGroup, Class<? extends Channel>> channelType;
    private final @Nullable CertificateSource certificates;
    private final InstantSource clock;

    /**
     * Channels of one sidecar.
     *
     * @param loops the sidecar's event loops
     * @param channelType of the same transport as a group of loops
     * @param certificates this workload's; null where it has none
     */
    public ClusterChannels(
            LivePlan live,
            EventLoopGroup loops,
            Function<EventLoopGroup, Class<? extends Channel>> channelType,
            @Nullable CertificateSource certificates,
            InstantSource clock) {
        this.live = live;
        this.loops = loops;
        this.channelType = channelType;
        this.certificates = certificates;
        this.clock = clock;
    }

    @Override
    public Optional<ManagedChannel> open(String cluster) {
        return builder(cluster, loops).map(NettyChannelBuilder::build);
    }

    /** What comes of a question is told on the loop, so no other thread is needed. */
    @Override
    public Optional<ManagedChannel> open(String cluster, EventLoop loop) {
        return builder(cluster, loop).map(builder -> builder.directExecutor().build());
    }

    @Override
    public Object generation(String cluster) {
        ClusterPlan plan = live.current().cluster(cluster);
        return plan == null ? cluster : plan;
    }

    private Optional<NettyChannelBuilder> builder(String cluster, EventLoopGroup group) {
        ClusterPlan plan = live.current().cluster(cluster);
        if (plan == null || plan.endpoints().isEmpty()) {
            return Optional.empty();
        }
        EndpointPlan endpoint = plan.endpoints().getFirst();
        if (!(endpoint.address() instanceof InetSocketAddress address)) {
            return Optional.empty();
        }
        Optional<ChannelCredentials> credentials = credentials(plan.transport().of(endpoint));
        return credentials.map(
                own ->
                        to(address, own)
                                .eventLoopGroup(group)
                                .channelType(channelType.apply(group))
                                .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                                .keepAliveTime(10, TimeUnit.SECONDS)
                                .keepAliveTimeout(5, TimeUnit.SECONDS)
                                .disableServiceConfigLookUp()
                                .disableRetry());
    }

    private static NettyChannelBuilder to(InetSocketAddress address, ChannelCredentials own) {
        // An address is used as it is: resolving one would take another thread.
        return address.isUnresolved()
                ? NettyChannelBuilder.forAddress(address.getHostString(), address.getPort(), own)
                : NettyChannelBuilder.forAddress(address, own);
    }

    private Optional<ChannelCredentials> credentials(@Nullable UpstreamTls tls) {
        if (tls == null) {
            return Optional.of(InsecureChannelCredentials.create());
        }
        CertificateSource own = certificates;
        // Programs of the mesh are called by its own certificates alone.
        return own == null || !(tls instanceof UpstreamTls.OfMesh mesh)
                ? Optional.empty()
                : Optional.of(
                        MeshCredentials.client(
                                own, identity -> mesh.accepts(identity.toString()), clock));
    }
}
