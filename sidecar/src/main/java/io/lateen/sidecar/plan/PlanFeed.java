package io.lateen.sidecar.plan;

import io.lateen.sidecar.ads.AcceptedResources;
import io.lateen.sidecar.ads.ConfigurationSink;
import io.lateen.sidecar.ads.ConfigurationUpdate;
import io.lateen.sidecar.ads.Rejection;
import io.lateen.sidecar.ads.ResourceType;
import io.lateen.sidecar.ads.XdsResource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From updates to the plan in force: a plan is published when it is whole, that is when every
 * cluster has its endpoints and every listener its routes, so that no request meets a half of it.
 *
 * <p>What does not come within {@link #PATIENCE_SECONDS} is taken for empty, once, so that one
 * missing resource does not hold up every later change. Confined to the configuration thread.
 */
public final class PlanFeed implements ConfigurationSink {

    private static final Logger log = LoggerFactory.getLogger(PlanFeed.class);

    /** Envoy waits as long for the first answer to a subscription. */
    private static final long PATIENCE_SECONDS = 15;

    private final PlanCompiler compiler;
    private final Publisher publisher;
    private final Set<ResourceType> needed;
    private final ScheduledExecutorService thread;
    private final AcceptedResources accepted = new AcceptedResources();
    private final Set<ResourceType> received = EnumSet.noneOf(ResourceType.class);
    private final Set<String> givenUp = new HashSet<>();
    private @Nullable Future<?> patience;
    private long revision;

    /** Puts plans into force; called on the configuration thread. */
    @FunctionalInterface
    public interface Publisher {

        /**
         * Binds what the plan newly needs and lets traffic go by it; all of it, or nothing.
         *
         * @param resources what it was compiled from
         * @return sockets that cannot be bound, each with the reason; empty when it is in force
         */
        List<Rejection> publish(Plan plan, AcceptedResources resources);
    }

    /**
     * @param needed without which types there is no plan: a manager says nothing of a type that it
     *     has nothing of, and a router without Gateways has no listeners
     * @param thread the configuration thread
     */
    public PlanFeed(
            PlanCompiler compiler,
            Publisher publisher,
            Set<ResourceType> needed,
            ScheduledExecutorService thread) {
        this.compiler = compiler;
        this.publisher = publisher;
        this.needed = Set.copyOf(needed);
        this.thread = thread;
    }

    @Override
    public List<Rejection> accept(ConfigurationUpdate update) {
        List<Rejection> rejections = new ArrayList<>(take(update));
        for (Rejection unbound : publishIfWhole()) {
            // Whoever sent the listener is told; later changes try again and are not to blame.
            if (update.changed().stream().anyMatch(each -> isListener(update, each, unbound))) {
                rejections.add(unbound);
            }
        }
        return rejections;
    }

    private static boolean isListener(
            ConfigurationUpdate update, XdsResource resource, Rejection unbound) {
        return update.type() == ResourceType.LISTENERS
                && resource.name().equals(unbound.resource());
    }

    /** Takes over what was saved before the last stop; all of it makes one plan. */
    public void restore(List<ConfigurationUpdate> saved) {
        for (ConfigurationUpdate update : saved) {
            for (Rejection rejection : take(update)) {
                log.warn(
                        "A saved resource is not accepted by this version. type={} reason=\"{}\"",
                        update.type(),
                        rejection.message());
            }
        }
        var _ = publishIfWhole();
    }

    @Override
    public Set<String> wanted(ResourceType type) {
        return compiler.wanted(type);
    }

    @Override
    public Map<String, String> versions(ResourceType type) {
        return accepted.versions(type);
    }

    /** What is in force or about to be, as it was received. */
    public List<XdsResource> resources(ResourceType type) {
        return accepted.of(type);
    }

    private List<Rejection> take(ConfigurationUpdate update) {
        List<Rejection> rejections = compiler.accept(update);
        accepted.apply(update, rejections);
        received.add(update.type());
        revision = Math.max(revision, update.revision());
        for (Rejection rejection : rejections) {
            log.warn(
                    "A resource is refused; its last good version stays in force. type={}"
                            + " reason=\"{}\"",
                    update.type(),
                    rejection.message());
        }
        return rejections;
    }

    private List<Rejection> publishIfWhole() {
        if (!received.containsAll(needed)) {
            return List.of();
        }
        Set<String> missing = compiler.missing();
        givenUp.retainAll(missing);
        missing.removeAll(givenUp);
        if (missing.isEmpty()) {
            return publish();
        }
        if (patience == null) {
            patience = thread.schedule(this::publishAnyway, PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        return List.of();
    }

    private void publishAnyway() {
        Set<String> missing = compiler.missing();
        missing.removeAll(givenUp);
        log.warn(
                "The manager did not send all that was asked for; going on without. missing={}",
                missing);
        givenUp.addAll(missing);
        var _ = publish();
    }

    private List<Rejection> publish() {
        if (patience != null) {
            patience.cancel(false);
            patience = null;
        }
        Plan plan = compiler.plan(revision);
        for (ResourceType type : List.of(ResourceType.ENDPOINTS, ResourceType.ROUTES)) {
            accepted.retain(type, compiler.wanted(type));
        }
        List<Rejection> unbound = publisher.publish(plan, accepted);
        if (unbound.isEmpty()) {
            return unbound;
        }
        // One port that is taken must not hold up all else: it is left out alone.
        Set<String> names = new HashSet<>();
        unbound.forEach(each -> names.add(each.resource()));
        log.error(
                "Sockets cannot be bound and are left out; the next change tries again. reasons={}",
                unbound.stream().map(Rejection::message).toList());
        List<Rejection> still = publisher.publish(plan.withoutSockets(names), accepted);
        if (!still.isEmpty()) {
            log.error("The plan is not in force. reasons={}", still);
        }
        return unbound;
    }
}
