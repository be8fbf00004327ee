package io.lateen.manager.fleet;

import io.lateen.manager.ads.Departure;
import io.lateen.manager.ads.ProxyConnection;
import io.lateen.manager.ads.ProxyObserver;
import io.lateen.manager.ads.ProxyProgress;
import io.lateen.manager.fleet.FleetMember.WorkloadHealth;
import io.lateen.manager.snapshot.Finding;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All proxies, as this manager knows them: its own from their streams, at once; those of other
 * managers from the rows that {@link FleetKeeper} reads. Thread-safe: what changes is guarded by
 * this object's monitor, what is read is published as immutable maps; listeners are called outside
 * the monitor.
 */
public final class Fleet implements ProxyObserver {

    /** One proxy of this manager. */
    private static final class Local {
        FleetMember member;

        /** Whether this very stream has said how the workload is. */
        boolean healthSaid;

        /** Whether the row carries this stream: from then on another in it means a move. */
        boolean recorded;

        Local(FleetMember member) {
            this.member = member;
        }
    }

    private final String manager;
    private final List<Runnable> onMembership = new CopyOnWriteArrayList<>();
    private final List<Runnable> onProgress = new CopyOnWriteArrayList<>();

    private final Map<String, Local> locals = new HashMap<>();
    private final Map<String, FleetMember> goodbyes = new HashMap<>();
    private final Set<String> unwritten = new HashSet<>();
    private final Set<String> unwrittenProgress = new HashSet<>();
    private Map<String, FleetMember> rows = Map.of();
    private boolean stopping;

    private final Map<String, ProxyProgress> localProgress = new ConcurrentHashMap<>();
    private volatile Map<String, ProxyProgress> rowProgress = Map.of();
    private volatile Map<String, FleetMember> members = Map.of();
    private volatile List<DepartedService> departed = List.of();
    private volatile Optional<String> problem = Optional.empty();
    private volatile Supplier<Set<Finding>> localFindings = Set::of;
    private volatile Set<Finding> rowFindings = Set.of();

    /** The fleet as seen by {@code manager}; nobody yet. */
    public Fleet(String manager) {
        this.manager = manager;
    }

    /** All proxies by node id. */
    public Map<String, FleetMember> members() {
        return members;
    }

    /** Whether every proxy is connected to this manager. */
    public boolean isWhole() {
        return members.values().stream().allMatch(each -> each.manager().equals(manager));
    }

    /** What workloads served that have gone; others may serve it still. */
    public List<DepartedService> departed() {
        return departed;
    }

    /** How far a proxy is, as far as it is known. */
    public Optional<ProxyProgress> progress(FleetMember member) {
        ProxyProgress own =
                member.manager().equals(manager) ? localProgress.get(member.connection()) : null;
        return Optional.ofNullable(own == null ? rowProgress.get(member.connection()) : own);
    }

    /** Why the proxies of other managers may be out of date; empty while they are not. */
    public Optional<String> problem() {
        return problem;
    }

    /** What the translations of all managers have to say of resources. */
    public Set<Finding> findings() {
        Set<Finding> findings = new HashSet<>(rowFindings);
        findings.addAll(localFindings.get());
        return findings;
    }

    /** Says where the findings of this manager's translations are. */
    public void findingsOf(Supplier<Set<Finding>> translations) {
        localFindings = translations;
    }

    Set<Finding> localFindings() {
        return localFindings.get();
    }

    void readFindings(Set<Finding> ofOthers) {
        rowFindings = Set.copyOf(ofOthers);
    }

    /** Calls {@code changed} when proxies come, go, or change their health. */
    public void onMembership(Runnable changed) {
        onMembership.add(changed);
    }

    /** Calls {@code changed} when a proxy got further. */
    public void onProgress(Runnable changed) {
        onProgress.add(changed);
    }

    @Override
    public void connected(ProxyConnection connection) {
        FleetMember member =
                new FleetMember(
                        connection.node(),
                        connection.id(),
                        manager,
                        connection.version(),
                        connection.started(),
                        connection.connectedAt(),
                        WorkloadHealth.before(connection.proxy()),
                        false,
                        Registration.of(connection.proxy()));
        synchronized (this) {
            Local before = locals.get(member.node());
            if (before != null && before.member.started().isAfter(member.started())) {
                // A stream of an incarnation that has been replaced: it is served, not counted.
                return;
            }
            // The same process in a new stream is as healthy as it was.
            FleetMember known = before == null ? rows.get(member.node()) : before.member;
            if (known != null && known.started().equals(member.started())) {
                locals.put(member.node(), new Local(member.with(known.health())));
            } else {
                locals.put(member.node(), new Local(member));
            }
            goodbyes.remove(member.node());
            unwritten.add(member.node());
            if (before != null) {
                localProgress.remove(before.member.connection());
            }
            merge();
        }
        onMembership.forEach(Runnable::run);
    }

    @Override
    public void health(ProxyConnection connection, boolean healthy, String message) {
        synchronized (this) {
            Local local = current(connection);
            if (local == null) {
                return;
            }
            WorkloadHealth now = new WorkloadHealth(healthy, message);
            if (local.healthSaid && local.member.health().equals(now)) {
                return;
            }
            local.healthSaid = true;
            local.member = local.member.with(now);
            unwritten.add(connection.node());
            merge();
        }
        onMembership.forEach(Runnable::run);
    }

    @Override
    public void progressed(ProxyConnection connection, ProxyProgress progress) {
        synchronized (this) {
            if (current(connection) == null) {
                return;
            }
            localProgress.put(connection.id(), progress);
            unwrittenProgress.add(connection.node());
        }
        onProgress.forEach(Runnable::run);
    }

    @Override
    public void disconnected(ProxyConnection connection, Departure departure) {
        synchronized (this) {
            Local local = current(connection);
            if (local == null || stopping) {
                return;
            }
            switch (departure) {
                case CLEAN -> {
                    locals.remove(connection.node());
                    localProgress.remove(connection.id());
                    goodbyes.put(connection.node(), local.member);
                    departed = with(departed, List.of(local.member));
                }
                case BROKEN -> local.member = local.member.left();
            }
            unwritten.add(connection.node());
            merge();
        }
        onMembership.forEach(Runnable::run);
    }

    /**
     * This manager is about to end its streams: its proxies are moving, not gone. Their rows stay
     * until its lease has run out.
     */
    public synchronized void stopping() {
        stopping = true;
    }

    /** What is to be written of one proxy. */
    sealed interface Unwritten {

        /** The proxy is connected, or its connection broke. */
        record Present(FleetMember member, boolean healthSaid) implements Unwritten {}

        /** The proxy said goodbye. */
        record Gone(String node, String connection) implements Unwritten {}
    }

    synchronized List<Unwritten> takeUnwritten() {
        List<Unwritten> taken =
                unwritten.stream()
                        .<Optional<Unwritten>>map(this::unwritten)
                        .flatMap(Optional::stream)
                        .toList();
        unwritten.clear();
        return taken;
    }

    private Optional<Unwritten> unwritten(String node) {
        Local local = locals.get(node);
        if (local != null) {
            return Optional.of(new Unwritten.Present(local.member, local.healthSaid));
        }
        return Optional.ofNullable(goodbyes.get(node))
                .map(member -> new Unwritten.Gone(node, member.connection()));
    }

    synchronized Map<FleetMember, ProxyProgress> takeUnwrittenProgress() {
        Map<FleetMember, ProxyProgress> taken = new HashMap<>();
        for (String node : unwrittenProgress) {
            Local local = locals.get(node);
            ProxyProgress progress =
                    local == null ? null : localProgress.get(local.member.connection());
            if (local != null && progress != null) {
                taken.put(local.member, progress);
            }
        }
        unwrittenProgress.clear();
        return taken;
    }

    /** The streams of this manager. */
    synchronized List<String> connections() {
        return locals.values().stream().map(local -> local.member.connection()).toList();
    }

    /** The database did not take it: it is to be written again. */
    synchronized void putBack(Collection<Unwritten> taken, Collection<FleetMember> takenProgress) {
        for (Unwritten each : taken) {
            unwritten.add(
                    switch (each) {
                        case Unwritten.Present present -> present.member().node();
                        case Unwritten.Gone gone -> gone.node();
                    });
        }
        takenProgress.forEach(member -> unwrittenProgress.add(member.node()));
    }

    /** The database has it. */
    synchronized void written(Unwritten each) {
        switch (each) {
            case Unwritten.Present present -> {
                Local local = locals.get(present.member().node());
                if (local != null
                        && local.member.connection().equals(present.member().connection())) {
                    local.recorded = true;
                }
            }
            case Unwritten.Gone gone ->
                    goodbyes.computeIfPresent(
                            gone.node(),
                            (_, member) ->
                                    member.connection().equals(gone.connection()) ? null : member);
        }
    }

    /** A younger incarnation of the node is at another manager: this one no longer counts. */
    synchronized void superseded(Unwritten.Present present) {
        Local local = locals.get(present.member().node());
        if (local != null && local.member.connection().equals(present.member().connection())) {
            locals.remove(present.member().node());
            localProgress.remove(present.member().connection());
            merge();
        }
    }

    /** Takes in all rows, read after everything taken before was written. */
    void read(
            Map<String, FleetMember> all,
            Map<String, ProxyProgress> progress,
            List<DepartedService> allDeparted) {
        boolean changed;
        synchronized (this) {
            rows = Map.copyOf(all);
            rowProgress = Map.copyOf(progress);
            locals.entrySet().removeIf(entry -> isOver(entry.getKey(), entry.getValue()));
            locals.values().forEach(this::adoptHealth);
            Map<String, FleetMember> before = members;
            merge();
            List<DepartedService> departedBefore = departed;
            departed = with(allDeparted, goodbyes.values());
            changed = !before.equals(members) || !departedBefore.equals(departed);
        }
        if (changed) {
            onMembership.forEach(Runnable::run);
        }
        onProgress.forEach(Runnable::run);
    }

    /** Takes in news of the progress of other managers' proxies, by connection. */
    void readProgress(Map<String, ProxyProgress> news) {
        synchronized (this) {
            Map<String, ProxyProgress> all = new HashMap<>(rowProgress);
            all.putAll(news);
            rowProgress = Map.copyOf(all);
        }
        onProgress.forEach(Runnable::run);
    }

    void problem(Optional<String> now) {
        if (!problem.equals(now)) {
            problem = now;
            onMembership.forEach(Runnable::run);
        }
    }

    /** What this manager is called. */
    public String manager() {
        return manager;
    }

    private boolean isOver(String node, Local local) {
        if (!local.recorded || unwritten.contains(node)) {
            return false;
        }
        FleetMember row = rows.get(node);
        boolean mine = row != null && row.connection().equals(local.member.connection());
        if (mine) {
            return false;
        }
        if (row == null && !local.member.leaving()) {
            // Swept while it is connected: another manager could not see our lease. Say it again.
            local.recorded = false;
            unwritten.add(node);
            return false;
        }
        // Left for good, or moved to another manager.
        localProgress.remove(local.member.connection());
        return true;
    }

    /** A stream that has not said how its workload is goes on with what an earlier one said. */
    private void adoptHealth(Local local) {
        FleetMember row = rows.get(local.member.node());
        if (row != null
                && !local.healthSaid
                && row.connection().equals(local.member.connection())) {
            local.member = local.member.with(row.health());
        }
    }

    private @Nullable Local current(ProxyConnection connection) {
        Local local = locals.get(connection.node());
        return local != null && local.member.connection().equals(connection.id()) ? local : null;
    }

    private static List<DepartedService> with(
            List<DepartedService> known, Collection<FleetMember> gone) {
        // The latest first, as rows come: of two the first decides.
        return Stream.concat(
                        gone.stream().map(member -> DepartedService.of(member.registration())),
                        known.stream())
                .toList();
    }

    private void merge() {
        Map<String, FleetMember> merged = new TreeMap<>(rows);
        goodbyes.forEach(
                (node, left) ->
                        merged.computeIfPresent(
                                node,
                                (_, row) ->
                                        row.connection().equals(left.connection()) ? null : row));
        locals.forEach((node, local) -> merged.put(node, local.member));
        members = Map.copyOf(merged);
    }
}
