package io.lateen.sidecar;

import io.lateen.sidecar.ads.AcceptedResources;
import io.lateen.sidecar.ads.AdsListener;
import io.lateen.sidecar.ads.ConfigurationUpdate;
import io.lateen.sidecar.ads.LastGoodFile;
import io.lateen.sidecar.ads.LastGoodSaving;
import io.lateen.sidecar.ads.Rejection;
import io.lateen.sidecar.plan.Plan;
import io.lateen.sidecar.plan.PlanFeed;
import io.lateen.sidecar.transport.Listeners;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings plans into force, keeps the last good configuration on disk, and knows how things stand.
 * Written by the configuration thread; what pages and metrics ask for is volatile.
 */
final class Configuration implements PlanFeed.Publisher, AdsListener {

    private static final Logger log = LoggerFactory.getLogger(Configuration.class);

    private final Listeners listeners;
    private final Optional<LastGoodSaving> saving;
    private final LongSupplier millis;
    private final Runnable firstInForce;

    private volatile Standing standing = new Standing("", 0, "", 0, 0, "");

    /**
     * How things stand.
     *
     * @param source {@code disk}, {@code manager}, empty before there is any
     * @param manager the connected one, empty for none
     * @param confirmedMillis when a manager last confirmed what is in force, 0 for never
     */
    record Standing(
            String source,
            long revision,
            String manager,
            long confirmedMillis,
            long rejections,
            String lastRejection) {

        boolean inForce() {
            return !source.isEmpty();
        }

        private Standing inForce(String from, long now) {
            return new Standing(from, now, manager, confirmedMillis, rejections, lastRejection);
        }

        private Standing connected(String to, long confirmed) {
            return new Standing(source, revision, to, confirmed, rejections, lastRejection);
        }

        private Standing rejected(List<Rejection> more) {
            return new Standing(
                    source,
                    revision,
                    manager,
                    confirmedMillis,
                    rejections + more.size(),
                    more.getLast().message());
        }
    }

    Configuration(
            Listeners listeners,
            Optional<LastGoodSaving> saving,
            LongSupplier millis,
            Runnable firstInForce) {
        this.listeners = listeners;
        this.saving = saving;
        this.millis = millis;
        this.firstInForce = firstInForce;
    }

    Standing standing() {
        return standing;
    }

    /** Goes by what was saved before the last stop, if anything was. */
    void restore(PlanFeed feed) {
        Optional<LastGoodFile.Saved> saved = saving.flatMap(LastGoodSaving::load);
        if (saved.isEmpty()) {
            return;
        }
        long age = (millis.getAsLong() - saved.get().savedMillis()) / 1000;
        log.info(
                "Going by the saved configuration until a manager answers. revision={} age={}s",
                saved.get().revision(),
                age);
        standing = standing.connected("", saved.get().savedMillis());
        feed.restore(saved.get().updates());
    }

    @Override
    public List<Rejection> publish(Plan plan, AcceptedResources resources) {
        List<Rejection> unbound =
                listeners.apply(plan).stream()
                        .map(each -> new Rejection(each.socket().name(), each.reason()))
                        .toList();
        if (!unbound.isEmpty()) {
            return unbound;
        }
        boolean first = !standing.inForce();
        standing =
                standing.inForce(
                        standing.manager().isEmpty() ? "disk" : "manager", plan.revision());
        log.debug("A plan is in force. revision={}", plan.revision());
        if (!standing.manager().isEmpty()) {
            saving.ifPresent(it -> it.changed(resources, plan.revision()));
        }
        if (first) {
            firstInForce.run();
        }
        return List.of();
    }

    @Override
    public void connected(String manager) {
        log.info("Connected to a manager. manager={}", manager);
        standing = standing.connected(manager, millis.getAsLong());
    }

    @Override
    public void disconnected(String manager, String reason) {
        // While the stream was open, what was in force was what the manager wanted.
        boolean was = standing.manager().equals(manager);
        standing = standing.connected("", was ? millis.getAsLong() : standing.confirmedMillis());
    }

    @Override
    public void received(ConfigurationUpdate update, List<Rejection> rejections) {
        if (!rejections.isEmpty()) {
            standing = standing.rejected(rejections);
        }
    }

    /** Seconds since a manager last confirmed what is in force; -1 for never. */
    long ageSeconds() {
        Standing now = standing;
        if (!now.manager().isEmpty()) {
            return 0;
        }
        return now.confirmedMillis() == 0
                ? -1
                : Math.max(0, millis.getAsLong() - now.confirmedMillis()) / 1000;
    }

    /** Saves what is in force and not saved yet. A sidecar that ends does not wait for its time. */
    void save() {
        saving.ifPresent(LastGoodSaving::now);
    }
}
