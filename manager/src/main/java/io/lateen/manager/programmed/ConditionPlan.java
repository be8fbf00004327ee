package io.lateen.manager.programmed;

import io.lateen.manager.snapshot.Finding;
import io.lateen.manager.store.Condition;
import io.lateen.model.resource.Resource;
import io.lateen.model.resource.ResourceKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides which conditions are to be written now. A resource that is edited twenty times a second
 * is written once a second; one that is in force is said so at once; one that lags only when it has
 * lagged for a second, for every edit lags for some milliseconds; a sentence that only counts
 * differently waits longer still. Not thread-safe.
 */
final class ConditionPlan {

    static final String PROGRAMMED = "Programmed";
    static final String RECONCILED = "Reconciled";

    private static final Duration BETWEEN_WRITES = Duration.ofSeconds(1);
    private static final Duration BEFORE_LAGGING = Duration.ofSeconds(1);
    private static final Duration BETWEEN_COUNTS = Duration.ofSeconds(5);

    private record Written(List<Condition> conditions, Instant at) {}

    private record Lagging(long generation, Instant since) {}

    private final Map<ResourceKey, Written> written = new HashMap<>();
    private final Map<ResourceKey, Lagging> lagging = new HashMap<>();
    private final Map<ResourceKey, String> seen = new HashMap<>();

    /**
     * What to write of {@code resources}, at most {@code limit} of them.
     *
     * @param standing where a revision is in force
     */
    Map<ResourceKey, List<Condition>> due(
            Map<ResourceKey, Resource> resources,
            LongFunction<Standing> standing,
            Map<ResourceKey, List<Finding>> findings,
            Instant now,
            int limit) {
        written.keySet().retainAll(resources.keySet());
        lagging.keySet().retainAll(resources.keySet());
        seen.keySet().retainAll(resources.keySet());
        Map<Long, Standing> standings = new HashMap<>();
        Map<ResourceKey, List<Condition>> due = new LinkedHashMap<>();
        for (Resource resource : resources.values()) {
            if (due.size() == limit) {
                break;
            }
            forgetItsPredecessor(resource);
            Standing where =
                    standings.computeIfAbsent(resource.metadata().revision(), standing::apply);
            List<Condition> conditions =
                    conditions(resource, where, findings.getOrDefault(resource.key(), List.of()));
            if (isDue(resource, where, conditions, now)) {
                due.put(resource.key(), conditions);
            }
        }
        return due;
    }

    /** One that was deleted and made again between two looks has no conditions yet. */
    private void forgetItsPredecessor(Resource resource) {
        String before = seen.put(resource.key(), resource.metadata().uid());
        if (before != null && !before.equals(resource.metadata().uid())) {
            written.remove(resource.key());
            lagging.remove(resource.key());
        }
    }

    /** The store has them. */
    void written(Map<ResourceKey, List<Condition>> conditions, Instant now) {
        conditions.forEach((key, list) -> written.put(key, new Written(list, now)));
    }

    /** Another manager may have written since: nothing is known. */
    void forget() {
        written.clear();
    }

    private boolean isDue(
            Resource resource, Standing where, List<Condition> conditions, Instant now) {
        ResourceKey key = resource.key();
        if (where.everywhere()) {
            lagging.remove(key);
        } else if (!hasLagged(key, resource.metadata().generation(), now)) {
            return false;
        }
        Written before = written.get(key);
        if (before == null) {
            return true;
        }
        Duration age = Duration.between(before.at(), now);
        if (!meaning(before.conditions()).equals(meaning(conditions))) {
            return age.compareTo(BETWEEN_WRITES) >= 0;
        }
        return !before.conditions().equals(conditions) && age.compareTo(BETWEEN_COUNTS) >= 0;
    }

    private boolean hasLagged(ResourceKey key, long generation, Instant now) {
        Lagging since = lagging.get(key);
        if (since == null || since.generation() != generation) {
            lagging.put(key, new Lagging(generation, now));
            return false;
        }
        return Duration.between(since.since(), now).compareTo(BEFORE_LAGGING) >= 0;
    }

    /** What a condition says apart from how many sidecars there happen to be. */
    private record Meaning(
            Condition.Truth status, String reason, long generation, @Nullable String message) {}

    private static List<Meaning> meaning(List<Condition> conditions) {
        return conditions.stream()
                .map(
                        condition ->
                                new Meaning(
                                        condition.status(),
                                        condition.reason(),
                                        condition.observedGeneration(),
                                        condition.type().equals(PROGRAMMED)
                                                ? null
                                                : condition.message()))
                .toList();
    }

    private static List<Condition> conditions(
            Resource resource, Standing where, List<Finding> findings) {
        long generation = resource.metadata().generation();
        return List.of(
                programmed(where, resource.metadata().namespace(), generation),
                reconciled(findings, generation));
    }

    private static Condition programmed(Standing where, String namespace, long generation) {
        if (where.everywhere()) {
            return new Condition(
                    PROGRAMMED,
                    Condition.Truth.TRUE,
                    "Programmed",
                    where.sentence(namespace),
                    generation);
        }
        boolean refused = where.lagging().stream().anyMatch(Lag::isRefusal);
        return new Condition(
                PROGRAMMED,
                Condition.Truth.FALSE,
                refused ? "Rejected" : "Pending",
                where.sentence(namespace),
                generation);
    }

    private static Condition reconciled(List<Finding> findings, long generation) {
        if (findings.isEmpty()) {
            return new Condition(
                    RECONCILED,
                    Condition.Truth.TRUE,
                    "Reconciled",
                    "every part of it has its effect",
                    generation);
        }
        return new Condition(
                RECONCILED,
                Condition.Truth.FALSE,
                "PartlyIneffective",
                findings.stream()
                        .map(finding -> finding.path() + ": " + finding.message())
                        .sorted()
                        .distinct()
                        .collect(Collectors.joining("; ")),
                generation);
    }
}
