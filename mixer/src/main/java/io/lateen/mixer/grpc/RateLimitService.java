package io.lateen.mixer.grpc;

import com.google.protobuf.Duration;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.extensions.common.ratelimit.v3.RateLimitDescriptor;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitRequest;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitServiceGrpc;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.lateen.mixer.quota.Demand;
import io.lateen.mixer.quota.QuotaBook;
import io.lateen.mixer.quota.Standing;
import io.lateen.mixer.replica.Replica;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * {@code envoy.service.ratelimit.v3.RateLimitService}: one question per request. A limit that is
 * not known is an error, not a grant: the proxy then does what the rule says for when nobody
 * answers.
 */
final class RateLimitService extends RateLimitServiceGrpc.RateLimitServiceImplBase {
    private static final String DOMAIN = "lateen";
    private static final String LIMIT = "limit";

    private final QuotaBook book;
    private final Peers peers;
    private final LongSupplier nanos;

    RateLimitService(QuotaBook book, Peers peers, LongSupplier nanos) {
        this.book = book;
        this.peers = peers;
        this.nanos = nanos;
    }

    @Override
    public void shouldRateLimit(
            RateLimitRequest request, StreamObserver<RateLimitResponse> answers) {
        List<Demand> demands = new ArrayList<>();
        for (RateLimitDescriptor descriptor : request.getDescriptorsList()) {
            Optional<Demand> demand = demand(request, descriptor);
            if (!request.getDomain().equals(DOMAIN) || demand.isEmpty()) {
                refuse(
                        answers,
                        Status.INVALID_ARGUMENT,
                        "descriptors: found domain '"
                                + request.getDomain()
                                + "' and "
                                + descriptor.getEntriesCount()
                                + " entries, expected domain 'lateen' and a first entry 'limit'");
                return;
            }
            demands.add(demand.get());
        }
        if (demands.isEmpty() || Forwarded.isTrue()) {
            count(demands, answers);
        } else {
            ask(peers.inOrderOf(rule(demands.getFirst())), request, demands, answers);
        }
    }

    /**
     * Has the question counted by the first of the mixers that is there. All that one question asks
     * is of one rule (a rule has a filter of its own in the proxies), so that whatever one mixer
     * takes, it can give back.
     */
    private void ask(
            List<Replica> order,
            RateLimitRequest request,
            List<Demand> demands,
            StreamObserver<RateLimitResponse> answers) {
        if (order.isEmpty() || peers.isSelf(order.getFirst())) {
            count(demands, answers);
            return;
        }
        peers.ask(
                order.getFirst(),
                request,
                new StreamObserver<>() {
                    @Override
                    public void onNext(RateLimitResponse answer) {
                        answers.onNext(answer);
                    }

                    @Override
                    public void onError(Throwable failure) {
                        Status status = Status.fromThrowable(failure);
                        if (status.getCode() == Status.Code.UNAVAILABLE) {
                            // Gone: the next one takes over, as it will for everybody in a moment.
                            ask(order.subList(1, order.size()), request, demands, answers);
                        } else {
                            answers.onError(status.asRuntimeException());
                        }
                    }

                    @Override
                    public void onCompleted() {
                        answers.onCompleted();
                    }
                });
    }

    /** {@code default/reviews} of its limit {@code default/reviews/0}. */
    private static String rule(Demand demand) {
        int slash = demand.limit().lastIndexOf('/');
        return slash < 0 ? demand.limit() : demand.limit().substring(0, slash);
    }

    private void count(List<Demand> demands, StreamObserver<RateLimitResponse> answers) {
        Optional<List<Standing>> standings = book.take(demands, nanos.getAsLong());
        if (standings.isEmpty()) {
            refuse(
                    answers,
                    Status.NOT_FOUND,
                    "descriptors: found " + demands + ", of which a limit is not known here (yet)");
            return;
        }
        answers.onNext(answer(standings.get()));
        answers.onCompleted();
    }

    private static void refuse(
            StreamObserver<RateLimitResponse> answers, Status status, String why) {
        answers.onError(status.withDescription(why).asRuntimeException());
    }

    private static Optional<Demand> demand(
            RateLimitRequest request, RateLimitDescriptor descriptor) {
        if (descriptor.getEntriesCount() == 0 || !descriptor.getEntries(0).getKey().equals(LIMIT)) {
            return Optional.empty();
        }
        StringBuilder key = new StringBuilder();
        for (RateLimitDescriptor.Entry entry :
                descriptor.getEntriesList().subList(1, descriptor.getEntriesCount())) {
            // With lengths, so that no two lists of values read alike.
            key.append(entry.getKey()).append(':').append(entry.getValue().length());
            key.append(':').append(entry.getValue()).append(';');
        }
        long hits =
                descriptor.hasHitsAddend()
                        ? descriptor.getHitsAddend().getValue()
                        : Math.max(1, Integer.toUnsignedLong(request.getHitsAddend()));
        return Optional.of(
                new Demand(descriptor.getEntries(0).getValue(), KeyDigest.shortened(key), hits));
    }

    private static RateLimitResponse answer(List<Standing> standings) {
        RateLimitResponse.Builder answer =
                RateLimitResponse.newBuilder().setOverallCode(RateLimitResponse.Code.OK);
        for (Standing standing : standings) {
            answer.addStatuses(status(standing));
        }
        standings.stream()
                .filter(standing -> !standing.granted())
                .max(Comparator.comparingLong(Standing::resetNanos))
                .ifPresent(
                        standing -> {
                            answer.setOverallCode(RateLimitResponse.Code.OVER_LIMIT);
                            addHeaders(answer, standing);
                        });
        return answer.build();
    }

    private static RateLimitResponse.DescriptorStatus status(Standing standing) {
        return RateLimitResponse.DescriptorStatus.newBuilder()
                .setCode(
                        standing.granted()
                                ? RateLimitResponse.Code.OK
                                : RateLimitResponse.Code.OVER_LIMIT)
                .setCurrentLimit(
                        RateLimitResponse.RateLimit.newBuilder()
                                .setName(standing.limit().rule())
                                .setRequestsPerUnit((int) standing.limit().requests())
                                .setUnit(unit(standing.limit().window())))
                .setLimitRemaining((int) standing.remaining())
                .setDurationUntilReset(
                        Duration.newBuilder()
                                .setSeconds(standing.resetNanos() / 1_000_000_000)
                                .setNanos((int) (standing.resetNanos() % 1_000_000_000)))
                .build();
    }

    /** A client learns when to come back, also from a stock Envoy, which passes these on. */
    private static void addHeaders(RateLimitResponse.Builder answer, Standing standing) {
        String seconds =
                Long.toString(Math.max(1, Math.ceilDiv(standing.resetNanos(), 1_000_000_000L)));
        add(answer, "Retry-After", seconds);
        add(answer, "RateLimit-Limit", Long.toString(standing.limit().requests()));
        add(answer, "RateLimit-Remaining", Long.toString(standing.remaining()));
        add(answer, "RateLimit-Reset", seconds);
    }

    private static void add(RateLimitResponse.Builder answer, String name, String value) {
        answer.addResponseHeadersToAdd(HeaderValue.newBuilder().setKey(name).setValue(value));
    }

    private static RateLimitResponse.RateLimit.Unit unit(java.time.Duration window) {
        return switch ((int) Math.min(Integer.MAX_VALUE, window.toSeconds())) {
            case 1 -> RateLimitResponse.RateLimit.Unit.SECOND;
            case 60 -> RateLimitResponse.RateLimit.Unit.MINUTE;
            case 3_600 -> RateLimitResponse.RateLimit.Unit.HOUR;
            case 86_400 -> RateLimitResponse.RateLimit.Unit.DAY;
            default -> RateLimitResponse.RateLimit.Unit.UNKNOWN;
        };
    }
}
