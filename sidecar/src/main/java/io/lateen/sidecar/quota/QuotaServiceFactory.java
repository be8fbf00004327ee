package io.lateen.sidecar.quota;

import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.extensions.common.ratelimit.v3.RateLimitDescriptor;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitRequest;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.lateen.sidecar.exchange.HeaderName;
import io.lateen.sidecar.exchange.LocalReply;
import io.lateen.sidecar.exchange.QuotaAnswer;
import io.lateen.sidecar.exchange.QuotaEntry;
import io.lateen.sidecar.exchange.QuotaQuestion;
import io.lateen.sidecar.exchange.QuotaService;
import io.lateen.sidecar.exchange.QuotaServices;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Makes each loop's client of Envoy's rate-limit service. */
public final class QuotaServiceFactory implements QuotaServices {

    /** A receiver that was away is tried again after this, however often it failed. */
    private static final long RETRY_NANOS = 1_000_000_000L;

    private final QuotaChannels channels;
    private final LongSupplier nanos;

    /**
     * @param nanos the clock that only counts
     */
    public QuotaServiceFactory(QuotaChannels channels, LongSupplier nanos) {
        this.channels = channels;
        this.nanos = nanos;
    }

    @Override
    public QuotaService of(EventLoop loop) {
        return new Client(loop);
    }

    /** One loop's. Everything runs on it. */
    private final class Client implements QuotaService {
        private final EventLoop loop;
        private final Map<String, Line> lines = new HashMap<>();

        Client(EventLoop loop) {
            this.loop = loop;
        }

        @Override
        public void ask(QuotaQuestion question, Consumer<QuotaAnswer> then) {
            Optional<Line> line = line(question.cluster());
            if (line.isEmpty()) {
                then.accept(
                        new QuotaAnswer.Unknown(
                                "there is no cluster '"
                                        + question.cluster()
                                        + "', or no endpoint in it"));
                return;
            }
            ClientCalls.asyncUnaryCall(
                    line.get()
                            .channel()
                            .newCall(
                                    RateLimitServiceGrpc.getShouldRateLimitMethod(),
                                    CallOptions.DEFAULT.withDeadlineAfter(
                                            question.deadlineNanos(), TimeUnit.NANOSECONDS)),
                    request(question),
                    new Answer(line.get(), then));
        }

        private Optional<Line> line(String cluster) {
            Object generation = channels.generation(cluster);
            Line known = lines.get(cluster);
            if (known != null && known.generation.equals(generation)) {
                return Optional.of(known);
            }
            if (known != null) {
                lines.remove(cluster);
                known.channel().shutdown();
            }
            Optional<Line> opened =
                    channels.open(cluster, loop).map(channel -> new Line(channel, generation));
            opened.ifPresent(line -> lines.put(cluster, line));
            return opened;
        }

        /** The answer to one question; gRPC may tell it on a thread of its own. */
        private final class Answer implements StreamObserver<RateLimitResponse> {
            private final Line line;
            private final Consumer<QuotaAnswer> then;
            private boolean told;

            Answer(Line line, Consumer<QuotaAnswer> then) {
                this.line = line;
                this.then = then;
            }

            @Override
            public void onNext(RateLimitResponse response) {
                tell(answer(response));
            }

            @Override
            public void onError(Throwable cause) {
                Status status = Status.fromThrowable(cause);
                if (status.getCode() == Status.Code.UNAVAILABLE) {
                    line.hurry(nanos.getAsLong());
                }
                String why = status.getDescription();
                tell(new QuotaAnswer.Unknown(status.getCode() + (why == null ? "" : ": " + why)));
            }

            @Override
            public void onCompleted() {
                // A response came before, or gRPC has made an error of it.
            }

            private void tell(QuotaAnswer answer) {
                if (loop.inEventLoop()) {
                    tellHere(answer);
                } else {
                    loop.execute(() -> tellHere(answer));
                }
            }

            private void tellHere(QuotaAnswer answer) {
                if (!told) {
                    told = true;
                    then.accept(answer);
                }
            }
        }
    }

    /** A channel, and what it was opened for. */
    private static final class Line {
        private final ManagedChannel channel;
        private final Object generation;
        private long hurriedNanos;

        Line(ManagedChannel channel, Object generation) {
            this.channel = channel;
            this.generation = generation;
        }

        ManagedChannel channel() {
            return channel;
        }

        /** gRPC's own pauses grow to two minutes. */
        void hurry(long now) {
            if (now - hurriedNanos >= RETRY_NANOS) {
                hurriedNanos = now;
                channel.resetConnectBackoff();
            }
        }
    }

    private static RateLimitRequest request(QuotaQuestion question) {
        RateLimitRequest.Builder request =
                RateLimitRequest.newBuilder().setDomain(question.domain());
        for (List<QuotaEntry> descriptor : question.descriptors()) {
            RateLimitDescriptor.Builder entries = RateLimitDescriptor.newBuilder();
            for (QuotaEntry entry : descriptor) {
                entries.addEntries(
                        RateLimitDescriptor.Entry.newBuilder()
                                .setKey(entry.key())
                                .setValue(entry.value()));
            }
            request.addDescriptors(entries);
        }
        return request.build();
    }

    private static QuotaAnswer answer(RateLimitResponse response) {
        return switch (response.getOverallCode()) {
            case OK -> new QuotaAnswer.Within();
            case OVER_LIMIT -> over(response);
            case UNKNOWN, UNRECOGNIZED ->
                    new QuotaAnswer.Unknown("the answer is neither yes nor no");
        };
    }

    private static QuotaAnswer over(RateLimitResponse response) {
        RateLimitResponse.DescriptorStatus status =
                response.getStatusesList().stream()
                        .filter(each -> each.getCode() == RateLimitResponse.Code.OVER_LIMIT)
                        .findFirst()
                        .orElse(RateLimitResponse.DescriptorStatus.getDefaultInstance());
        long reset =
                status.getDurationUntilReset().getSeconds()
                        + (status.getDurationUntilReset().getNanos() > 0 ? 1 : 0);
        List<LocalReply.Header> headers = new ArrayList<>();
        for (HeaderValue header : response.getResponseHeadersToAddList()) {
            headers.add(LocalReply.Header.of(HeaderName.of(header.getKey()), header.getValue()));
        }
        return new QuotaAnswer.Over(
                new QuotaAnswer.Limit(
                        status.getCurrentLimit().getName(),
                        Integer.toUnsignedLong(status.getCurrentLimit().getRequestsPerUnit()),
                        Math.max(1, reset)),
                headers);
    }
}
