package io.lateen.sidecar.upstream;

import io.lateen.sidecar.balance.Choice;
import io.lateen.sidecar.exchange.Exchange;
import io.lateen.sidecar.exchange.Failure;
import io.lateen.sidecar.exchange.Fields;
import io.lateen.sidecar.exchange.HttpProtocol;
import io.lateen.sidecar.exchange.ResponseFlag;
import io.lateen.sidecar.plan.ClusterLimits;
import io.lateen.sidecar.plan.Discovery;
import io.lateen.sidecar.plan.ForwardPolicy;
import io.lateen.sidecar.plan.RetryPlan;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The tries of one exchange at its cluster: which endpoint, how often, how soon again.
 *
 * <p>Two kinds of repetition. A connection that was kept may have been closed by the endpoint just
 * as the request went out: a request that is safe to repeat goes out again at once, and this is no
 * retry that a rule counts. Everything else follows the route's {@code RetryPlan}.
 */
final class Tries {
    private static final int MAX_RACES = 3;

    private final Forwarding forwarding;
    private final ClusterPool cluster;
    private final ForwardPolicy policy;
    private final ClusterLimits limits;
    private final RetryDecision decision;
    private @Nullable Choice choice;
    private @Nullable Attempt current;
    private @Nullable List<Endpoint> tried;
    private @Nullable ScheduledFuture<?> backOff;
    private @Nullable ScheduledFuture<?> perTry;
    private int retries;
    private int races;
    private boolean holdsRequest;
    private boolean holdsRetry;
    private boolean ended;

    Tries(Forwarding forwarding, ClusterPool cluster, ForwardPolicy policy) {
        this.forwarding = forwarding;
        this.cluster = cluster;
        this.policy = policy;
        this.limits = cluster.plan().limits();
        this.decision = new RetryDecision(policy.retry());
    }

    void first() {
        if (!cluster.shared().takeRequest(limits)) {
            forwarding.fail(
                    new Failure.Overflow(cluster.plan().name(), "requests", limits.requests()));
            return;
        }
        holdsRequest = true;
        cluster.outstanding().begin();
        if (!forwarding.requestEnded() && (policy.retry().attempts() > 0 || repeatable())) {
            forwarding.keepReplay();
        }
        next();
    }

    Forwarding forwarding() {
        return forwarding;
    }

    ClusterPool cluster() {
        return cluster;
    }

    private void next() {
        if (ended) {
            return;
        }
        if (cluster.plan().discovery() instanceof Discovery.OriginalDestination) {
            toOriginalDestination();
        } else {
            cluster.whenKnown(this::pick);
        }
    }

    private void pick() {
        if (ended) {
            return;
        }
        Choice by = choice;
        if (by == null) {
            by =
                    cluster.plan().balancing().policy().hashes()
                            ? HashKeys.choice(policy.hashPolicies(), forwarding)
                            : forwarding.worker().anyChoice();
            choice = by;
        }
        long avoided = triedPriorities();
        if (avoided != 0) {
            by = by.avoiding(avoided);
        }
        Endpoint endpoint = cluster.pick(by);
        List<Endpoint> before = tried;
        if (before != null && policy.retry().avoidPreviousHosts()) {
            for (int i = 1;
                    i < policy.retry().hostSelectionAttempts()
                            && endpoint != null
                            && before.contains(endpoint);
                    i++) {
                endpoint = cluster.pick(by);
            }
        }
        if (endpoint == null) {
            forwarding.fail(nobody());
        } else {
            begin(endpoint);
        }
    }

    // After every so many tries those priorities are left out that all tries so far were in
    // (Envoy's previous_priorities).
    private long triedPriorities() {
        int every = policy.retry().otherPriorityAfter();
        List<Endpoint> before = tried;
        if (every == 0 || before == null) {
            return 0;
        }
        long priorities = 0;
        for (int i = 0; i < before.size() / every * every; i++) {
            priorities |= 1L << Math.min(before.get(i).priority(), Long.SIZE - 1);
        }
        return priorities;
    }

    private Failure nobody() {
        String unresolved = cluster.unresolved();
        return unresolved != null
                ? new Failure.Unresolved(cluster.plan().name(), unresolved)
                : new Failure.NoHealthyUpstream(
                        cluster.plan().name(), cluster.plan().endpoints().size());
    }

    private void toOriginalDestination() {
        InetSocketAddress captured = forwarding.arrival().originalDestination();
        if (captured != null) {
            beginAt(captured);
            return;
        }
        boolean https = forwarding.request().scheme().equals("https");
        InetSocketAddress named =
                Addresses.parse(forwarding.request().authority(), https ? 443 : 80);
        Worker worker = forwarding.worker();
        worker.crew()
                .names()
                .resolve(
                        worker.loop(),
                        named.getHostString(),
                        new Names.Answer() {
                            @Override
                            public void resolved(List<InetAddress> addresses, long ttlSeconds) {
                                InetAddress one =
                                        addresses.get(worker.random().nextInt(addresses.size()));
                                beginAt(new InetSocketAddress(one, named.getPort()));
                            }

                            @Override
                            public void failed(String reason) {
                                if (!ended) {
                                    forwarding.fail(
                                            new Failure.Unresolved(named.getHostString(), reason));
                                }
                            }
                        });
    }

    private void beginAt(InetSocketAddress address) {
        if (ended) {
            return;
        }
        if (address.equals(forwarding.exchange().downstreamLocal())) {
            // It would come back to this listener for ever.
            forwarding.fail(
                    new Failure.NoRoute(
                            forwarding.request().authority(), forwarding.request().path()));
            return;
        }
        begin(cluster.at(address));
    }

    private void begin(Endpoint endpoint) {
        if (policy.retry().attempts() > 0) {
            List<Endpoint> known = tried;
            if (known == null) {
                known = new ArrayList<>(2);
                tried = known;
            }
            known.add(endpoint);
        }
        Exchange exchange = forwarding.exchange();
        exchange.attempt(endpoint.workload(), endpoint.address());
        RequestStamp.attempt(forwarding.request(), exchange.attempts());
        forwarding.deadline().stamp(exchange, policy.retry().perTryTimeoutNanos());
        Attempt attempt = new Attempt(this, endpoint);
        current = attempt;
        long limit = policy.retry().perTryTimeoutNanos();
        if (limit > 0) {
            perTry =
                    forwarding
                            .worker()
                            .loop()
                            .schedule(() -> tryTimedOut(attempt), limit, TimeUnit.NANOSECONDS);
        }
        attempt.start(speech(), repeatable());
    }

    Connector.Speech speech() {
        boolean http2 =
                switch (cluster.plan().connections().protocol()) {
                    case HTTP1 -> false;
                    case HTTP2 -> true;
                    case SAME_AS_DOWNSTREAM ->
                            forwarding.exchange().protocol() == HttpProtocol.HTTP_2;
                };
        // A connection that becomes a tunnel is not shared with other requests.
        return http2 && forwarding.arrival().upgrade() == null
                ? Connector.Speech.HTTP2
                : Connector.Speech.HTTP1;
    }

    // ---- what the exchange tells ----

    void body(ByteBuf data, boolean end) {
        Attempt attempt = current;
        if (attempt != null && attempt.sending()) {
            attempt.body(data, end);
            return;
        }
        data.release();
        Replay kept = forwarding.replay();
        if (kept == null || !kept.possible()) {
            forwarding.fail(
                    new Failure.UpstreamReset(
                            cluster.plan().name(),
                            "the request's body was too long to be sent again"));
        }
    }

    void trailers(Fields trailers) {
        Attempt attempt = current;
        if (attempt != null && attempt.sending()) {
            attempt.trailers(trailers);
        } else {
            forwarding.fail(
                    new Failure.UpstreamReset(
                            cluster.plan().name(), "a request with trailers is not sent again"));
        }
    }

    void demand(boolean on) {
        if (current != null) {
            current.demand(on);
        }
    }

    void flush() {
        if (current != null) {
            current.flush();
        }
    }

    boolean takesFrames() {
        return current != null && current.streamTakesFrames();
    }

    boolean sendsFrames() {
        return current != null && current.sendsFrames();
    }

    void countTimeout() {
        if (current != null) {
            Outliers.failed(forwarding.worker().loop(), cluster, current.endpoint().health());
        }
    }

    /** Nothing more is tried; what runs is cancelled. */
    void end() {
        if (ended) {
            return;
        }
        ended = true;
        dropCurrent();
        backOff = cancel(backOff);
        releaseRetry();
        if (holdsRequest) {
            holdsRequest = false;
            cluster.outstanding().end();
            cluster.shared().releaseRequest(limits);
        }
    }

    // ---- what the attempt tells ----

    /** Says whether the response in hand is dropped because another try follows. */
    boolean retriesAfter(Attempt attempt, int status, boolean complete) {
        Outliers.answered(forwarding.worker().loop(), cluster, attempt.endpoint().health(), status);
        perTry = cancel(perTry);
        boolean again =
                attempt == current
                        && decision.wantsAnother(status, forwarding.response())
                        && mayRetry();
        if (!again) {
            // However long this response takes, it is no retry to come.
            releaseRetry();
            return false;
        }
        if (complete) {
            attempt.release();
        }
        retry();
        return true;
    }

    void reset(Attempt attempt, ResponseListener.Reset reset) {
        if (ended || attempt != current) {
            return;
        }
        perTry = cancel(perTry);
        if (attempt.connected()) {
            Outliers.failed(forwarding.worker().loop(), cluster, attempt.endpoint().health());
        }
        if (forwarding.responseBegun()) {
            forwarding.fail(reset.failure());
            return;
        }
        if (attempt.raced() && repeatable() && replayable() && races < MAX_RACES) {
            races++;
            attempt.distrustIdle();
            dropCurrent();
            next();
            return;
        }
        if (decision.wantsAnother(reset, attempt.connected()) && mayRetry()) {
            retry();
            return;
        }
        forwarding.fail(reset.failure());
    }

    private void tryTimedOut(Attempt attempt) {
        perTry = null;
        if (ended || attempt != current || forwarding.responseBegun()) {
            return;
        }
        Outliers.failed(forwarding.worker().loop(), cluster, attempt.endpoint().health());
        Failure failure =
                new Failure.TimedOut(Duration.ofNanos(policy.retry().perTryTimeoutNanos()));
        if (decision.wantsAnother(new ResponseListener.Reset(failure, false), true) && mayRetry()) {
            retry();
        } else {
            forwarding.fail(failure);
        }
    }

    private boolean mayRetry() {
        RetryPlan plan = policy.retry();
        if (plan.attempts() == 0 || !replayable() || !plan.takes(forwarding.request())) {
            return false;
        }
        if (retries >= plan.attempts()) {
            forwarding.flag(ResponseFlag.UPSTREAM_RETRY_LIMIT_EXCEEDED);
            return false;
        }
        if (!holdsRetry) {
            if (!cluster.shared().takeRetry(limits)) {
                forwarding.flag(ResponseFlag.UPSTREAM_OVERFLOW);
                return false;
            }
            holdsRetry = true;
        }
        return true;
    }

    private void retry() {
        retries++;
        dropCurrent();
        forwarding.demandRequest(false);
        long ceiling =
                Math.min(
                        policy.retry().backOffMaxNanos(),
                        policy.retry().backOffBaseNanos() * ((1L << Math.min(retries, 20)) - 1));
        long wait = ceiling <= 1 ? 0 : forwarding.worker().random().nextLong(ceiling);
        backOff = forwarding.worker().loop().schedule(this::next, wait, TimeUnit.NANOSECONDS);
    }

    private boolean replayable() {
        Replay kept = forwarding.replay();
        Attempt attempt = current;
        boolean nothingSent = attempt == null || !attempt.sentBody();
        return nothingSent || (kept != null && kept.possible());
    }

    private boolean repeatable() {
        return Forwarding.isRepeatable(forwarding.request().method());
    }

    private void dropCurrent() {
        perTry = cancel(perTry);
        Attempt attempt = current;
        current = null;
        if (attempt != null) {
            attempt.cancel();
        }
    }

    private void releaseRetry() {
        if (holdsRetry) {
            holdsRetry = false;
            cluster.shared().releaseRetry();
        }
    }

    private static @Nullable ScheduledFuture<?> cancel(@Nullable ScheduledFuture<?> timer) {
        if (timer != null) {
            timer.cancel(false);
        }
        return null;
    }
}
