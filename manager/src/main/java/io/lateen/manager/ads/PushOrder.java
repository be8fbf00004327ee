package io.lateen.manager.ads;

import static io.lateen.manager.ads.ResourceType.CLUSTER;
import static io.lateen.manager.ads.ResourceType.ENDPOINT;
import static io.lateen.manager.ads.ResourceType.LISTENER;
import static io.lateen.manager.ads.ResourceType.ROUTE;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a proxy is sent next on its way to a target: made before broken.
 *
 * <p>Keeps nothing of a push but what a client is waited for: the next step follows from the target
 * and from what the client holds, so that a lost stream, a new target and a late subscription need
 * no cases of their own. Not thread-safe: belongs to one {@link PushSequencer}.
 */
final class PushOrder {

    /** A client that has not answered by then is taken for stuck; its stream is ended. */
    static final Duration ANSWER_DEADLINE = Duration.ofSeconds(60);

    private final Expectation endpointsOfClusters = new Expectation();
    private final Expectation routesOfListeners = new Expectation();

    /** The next step towards {@code target}. The order stands here and nowhere else. */
    Step next(Push target, Subscriptions subscriptions, Instant now) {
        Step step;
        // Clusters first: nothing may name one that is not there.
        if ((step = add(CLUSTER, target, subscriptions, now)) != null) {
            return step;
        }
        // Who answers in them next, or the first requests find nobody; changes of endpoints alone
        // begin here, which makes them fast.
        if ((step = add(ENDPOINT, target, subscriptions, now)) != null) {
            return step;
        }
        // Listeners and routes may need what was refused: they stay as they are.
        if ((step = refused(CLUSTER, subscriptions)) != null) {
            return step;
        }
        if ((step = refused(ENDPOINT, subscriptions)) != null) {
            return step;
        }
        // A client asks for the endpoints of a new cluster before or after it accepts the cluster.
        if ((step = awaitEndpoints(target, subscriptions, now)) != null) {
            return step;
        }
        // Listeners before routes: a client asks for the routes that its listeners name.
        if ((step = add(LISTENER, target, subscriptions, now)) != null) {
            return step;
        }
        // Routes of the listeners that are there also when a new listener was refused.
        if ((step = add(ROUTE, target, subscriptions, now)) != null) {
            return step;
        }
        if ((step = awaitRoutes(target, subscriptions, now)) != null) {
            return step;
        }
        // Old listeners and routes may still use what would be taken away.
        if ((step = refused(LISTENER, subscriptions)) != null) {
            return step;
        }
        if ((step = refused(ROUTE, subscriptions)) != null) {
            return step;
        }
        // Removals last, users before what they use.
        if ((step = remove(LISTENER, target, subscriptions)) != null) {
            return step;
        }
        if ((step = remove(ROUTE, target, subscriptions)) != null) {
            return step;
        }
        if ((step = remove(CLUSTER, target, subscriptions)) != null) {
            return step;
        }
        if ((step = remove(ENDPOINT, target, subscriptions)) != null) {
            return step;
        }
        return new Step.Complete();
    }

    private static @Nullable Step add(
            ResourceType type, Push target, Subscriptions subscriptions, Instant now) {
        Subscription subscription = subscriptions.of(type);
        Sent sent = subscription.sent();
        if (sent != null) {
            return new Step.Await(sent.at().plus(ANSWER_DEADLINE));
        }
        Difference difference = subscription.additions(target.of(type));
        Rejection rejection = subscription.rejection();
        if (difference.isEmpty()) {
            if (rejection != null) {
                subscription.settle();
            }
            return null;
        }
        if (rejection != null && rejection.forbids(difference, now)) {
            return null;
        }
        return new Step.Send(type, difference);
    }

    private static @Nullable Step refused(ResourceType type, Subscriptions subscriptions) {
        Rejection rejection = subscriptions.of(type).rejection();
        return rejection == null ? null : new Step.Refused(type, rejection.retryAt());
    }

    private static @Nullable Step remove(
            ResourceType type, Push target, Subscriptions subscriptions) {
        Difference difference = subscriptions.of(type).removals(target.of(type));
        return difference.isEmpty() ? null : new Step.Send(type, difference);
    }

    private @Nullable Step awaitEndpoints(Push target, Subscriptions subscriptions, Instant now) {
        return subscriptions.of(CLUSTER).isWildcard()
                ? await(endpointsOfClusters, ENDPOINT, target, subscriptions, now)
                : null;
    }

    private @Nullable Step awaitRoutes(Push target, Subscriptions subscriptions, Instant now) {
        return subscriptions.of(LISTENER).isWildcard()
                ? await(routesOfListeners, ROUTE, target, subscriptions, now)
                : null;
    }

    private static @Nullable Step await(
            Expectation expectation,
            ResourceType type,
            Push target,
            Subscriptions subscriptions,
            Instant now) {
        Instant until = expectation.waitFor(target.of(type).keySet(), subscriptions.of(type), now);
        return until == null ? null : new Step.Await(until);
    }
}
