package io.lateen.sidecar.ads;

import io.grpc.ChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Opens channels on the sidecar's own event loops: bytes are read there, decoded and understood on
 * the configuration thread, so that configuration costs traffic nothing but the read.
 *
 * @param loops the sidecar's event loops
 * @param channelType of the same transport as {@code loops}
 * @param credentials plaintext, or the workload's own
 * @param thread the configuration thread
 */
public record GrpcChannels(
        EventLoopGroup loops,
        Class<? extends Channel> channelType,
        ChannelCredentials credentials,
        Executor thread)
        implements ManagerChannels {

    /** A manager that does not take a connection in this time is as good as away. */
    private static final int CONNECT_MILLIS = 3_000;

    /**
     * A manager that is gone without a word is noticed after at most the sum of these. gRPC takes
     * no less than 10 s for the first.
     */
    private static final long KEEP_ALIVE_SECONDS = 10;

    private static final long KEEP_ALIVE_TIMEOUT_SECONDS = 3;

    /** The first response of a mesh with ten thousand services is some ten megabytes. */
    private static final int LARGEST_MESSAGE = 256 << 20;

    @Override
    public ManagedChannel open(ManagerAddress manager) {
        return NettyChannelBuilder.forAddress(manager.host(), manager.port(), credentials)
                .eventLoopGroup(loops)
                .channelType(channelType)
                .executor(thread)
                .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                .keepAliveTimeout(KEEP_ALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .keepAliveWithoutCalls(false)
                .maxInboundMessageSize(LARGEST_MESSAGE)
                .disableServiceConfigLookUp()
                .disableRetry()
                .build();
    }
}
