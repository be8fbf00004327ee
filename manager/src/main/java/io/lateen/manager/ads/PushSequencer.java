package io.lateen.manager.ads;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Brings one client to the newest target, one answered response after the other.
 *
 * <p>One push runs to its end and at most one waits behind it: a newer snapshot takes the place of
 * the one that waits. A change of endpoints alone does not wait. Not thread-safe: every call comes
 * on the stream's own turn.
 */
final class PushSequencer {

    private final Subscriptions subscriptions;
    private final Wire wire;
    private final Timers timers;
    private final Backoff backoff;
    private final PushListener listener;
    private final PushOrder order = new PushOrder();

    private @Nullable Push current;
    private @Nullable Push pending;
    private boolean running;
    private Timers.@Nullable Timer wake;
    private long responses;
    private long toldOfEndpoints = -1;

    PushSequencer(
            Subscriptions subscriptions,
            Wire wire,
            Timers timers,
            Backoff backoff,
            PushListener listener) {
        this.subscriptions = subscriptions;
        this.wire = wire;
        this.timers = timers;
        this.backoff = backoff;
        this.listener = listener;
    }

    /** Sets the newest target. */
    void offer(Push push) {
        Push now = current;
        if (now == null || !running || (pending == null && now.sameApartFromEndpoints(push))) {
            current = push;
        } else {
            pending = push;
        }
        advance();
    }

    /** The client changed what it wants. */
    void requested() {
        advance();
    }

    /** The client agreed to the response {@code nonce}. */
    void accepted(ResourceType type, String nonce) {
        if (subscriptions.of(type).accept(nonce) == Subscription.Answer.ACCEPTED) {
            wire.answered(type, true);
            listener.accepted(type);
        }
        advance();
    }

    /** The client refused the response {@code nonce}. */
    void rejected(ResourceType type, String nonce, String message) {
        Subscription subscription = subscriptions.of(type);
        if (subscription.reject(nonce, message, timers.now(), backoff)
                == Subscription.Answer.REJECTED) {
            wire.answered(type, false);
            Rejection rejection = subscription.rejection();
            if (rejection != null) {
                listener.rejected(type, rejection);
            }
        }
        advance();
    }

    /** The target that the client is on its way to, or holds; null before the first. */
    @Nullable Push current() {
        return current;
    }

    /** Stops waking up. */
    void close() {
        sleep();
    }

    private void advance() {
        sleep();
        Push target = current;
        while (target != null) {
            tellEndpoints(target);
            Step step = order.next(target, subscriptions, timers.now());
            switch (step) {
                case Step.Send send -> {
                    running = true;
                    send(send, target);
                }
                case Step.Await wait -> {
                    running = true;
                    wakeAt(wait.until());
                    return;
                }
                case Step.Refused refused -> {
                    running = false;
                    if (pending == null) {
                        wakeAt(refused.retryAt());
                        return;
                    }
                }
                case Step.Complete _ -> {
                    running = false;
                    if (subscriptions.of(ResourceType.LISTENER).isOpen()) {
                        listener.inForce(target);
                    }
                }
            }
            target = running ? target : takePending();
        }
    }

    // Whatever else it may have refused.
    private void tellEndpoints(Push target) {
        Subscription endpoints = subscriptions.of(ResourceType.ENDPOINT);
        if (target.serial() != toldOfEndpoints
                && endpoints.sent() == null
                && endpoints.additions(target.of(ResourceType.ENDPOINT)).isEmpty()) {
            toldOfEndpoints = target.serial();
            listener.endpointsKnown(target);
        }
    }

    private @Nullable Push takePending() {
        Push next = pending;
        if (next != null) {
            current = next;
            pending = null;
        }
        return next;
    }

    private void send(Step.Send send, Push target) {
        ResourceType type = send.type();
        Difference difference = send.difference();
        String nonce = Long.toHexString(++responses);
        Instant now = timers.now();
        subscriptions.of(type).sent(nonce, difference, now);
        long bytes = wire.send(type, difference, target, nonce);
        if (bytes > 0) {
            listener.sent(type, difference.changed().size(), bytes);
        } else {
            // Nothing was said, so nothing will be answered.
            subscriptions.of(type).accept(nonce);
            wire.answered(type, true);
        }
    }

    private void wakeAt(Instant at) {
        Duration delay = Duration.between(timers.now(), at);
        wake = timers.after(delay.isNegative() ? Duration.ZERO : delay, this::awake);
    }

    private void sleep() {
        if (wake != null) {
            wake.cancel();
            wake = null;
        }
    }

    private void awake() {
        Instant late = timers.now().minus(PushOrder.ANSWER_DEADLINE);
        for (ResourceType type : ResourceType.values()) {
            Sent sent = subscriptions.of(type).sent();
            if (sent != null && !sent.at().isAfter(late)) {
                listener.unresponsive(type);
                return;
            }
        }
        advance();
    }
}
