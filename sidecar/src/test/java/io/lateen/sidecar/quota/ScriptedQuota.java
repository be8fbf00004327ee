package io.lateen.sidecar.quota;

import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitRequest;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitServiceGrpc;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Somebody else's rate-limit service: answers what it is told to, or nothing at all. */
final class ScriptedQuota extends RateLimitServiceGrpc.RateLimitServiceImplBase
        implements AutoCloseable {
    final List<RateLimitRequest> questions = new CopyOnWriteArrayList<>();
    private final Server server;
    private final int port;
    private volatile @Nullable RateLimitResponse answer =
            RateLimitResponse.newBuilder().setOverallCode(RateLimitResponse.Code.OK).build();

    ScriptedQuota(int port) throws IOException {
        server =
                NettyServerBuilder.forAddress(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                        .addService(this)
                        .build()
                        .start();
        this.port = server.getPort();
    }

    int port() {
        return port;
    }

    /** From now on answers so; null for never. */
    void answer(@Nullable RateLimitResponse response) {
        answer = response;
    }

    @Override
    public void shouldRateLimit(
            RateLimitRequest question, StreamObserver<RateLimitResponse> answers) {
        questions.add(question);
        RateLimitResponse response = answer;
        if (response != null) {
            answers.onNext(response);
            answers.onCompleted();
        }
    }

    @Override
    public void close() {
        try {
            server.shutdownNow().awaitTermination();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
