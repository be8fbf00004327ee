package io.lateen.mixer.grpc;

import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitRequest;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitServiceGrpc;
import io.grpc.ChannelCredentials;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.lateen.mixer.replica.Members;
import io.lateen.mixer.replica.Replica;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Channels to the other mixers, one each, opened when it is first heard of. Safe for any thread.
 */
final class Peers implements AutoCloseable {

    /** A rule's own deadline is shorter, and comes along with the question. */
    private static final long DEADLINE_SECONDS = 2;

    private final UUID self;
    private final Members members;
    private final ChannelCredentials credentials;
    private final Map<UUID, ManagedChannel> channels = new ConcurrentHashMap<>();

    Peers(UUID self, Members members, ChannelCredentials credentials) {
        this.self = self;
        this.members = members;
        this.credentials = credentials;
        members.follow(this::are);
    }

    /** The mixers that may count a rule, the one that does first; none while none is known. */
    List<Replica> inOrderOf(String rule) {
        return members.inOrderOf(rule);
    }

    boolean isSelf(Replica replica) {
        return replica.id().equals(self);
    }

    /** Passes a question on; the answer comes on the channel's event loop. */
    void ask(Replica replica, RateLimitRequest question, StreamObserver<RateLimitResponse> answer) {
        Metadata headers = new Metadata();
        headers.put(Forwarded.HEADER, self.toString());
        RateLimitServiceGrpc.newStub(channel(replica))
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .shouldRateLimit(question, answer);
    }

    private ManagedChannel channel(Replica replica) {
        ManagedChannel channel = channels.computeIfAbsent(replica.id(), _ -> open(replica));
        if (channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
            // It says that it is alive: a pause of minutes between attempts would split the count.
            channel.resetConnectBackoff();
        }
        return channel;
    }

    /**
     * Connects to those that came, so that no question waits for it, and leaves those that went.
     */
    private void are(List<Replica> living) {
        Set<UUID> ids = living.stream().map(Replica::id).collect(Collectors.toSet());
        for (UUID id : Set.copyOf(channels.keySet())) {
            if (!ids.contains(id)) {
                ManagedChannel gone = channels.remove(id);
                if (gone != null) {
                    gone.shutdown();
                }
            }
        }
        living.stream()
                .filter(replica -> !isSelf(replica))
                .forEach(replica -> channel(replica).getState(true));
    }

    private ManagedChannel open(Replica replica) {
        return NettyChannelBuilder.forAddress(replica.host(), replica.port(), credentials)
                // Nothing here blocks.
                .directExecutor()
                .disableRetry()
                .keepAliveTime(10, TimeUnit.SECONDS)
                .keepAliveTimeout(5, TimeUnit.SECONDS)
                .keepAliveWithoutCalls(true)
                .build();
    }

    @Override
    public void close() {
        channels.values().forEach(ManagedChannel::shutdownNow);
    }
}
