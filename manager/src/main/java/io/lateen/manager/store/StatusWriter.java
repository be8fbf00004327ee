package io.lateen.manager.store;

import io.lateen.model.resource.ResourceKey;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes conditions into the status of resources: a batch is one write. Raises their {@code
 * resourceVersion}, not their generation; watches see it, {@link ResourceFeed} does not. Blocking.
 */
public final class StatusWriter {
    private static final String ACTOR = "system:manager";

    private final ObjectStore store;
    private final Clock clock;

    StatusWriter(ObjectStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Sets these conditions, keeping those of other types. Resources that are gone are passed over,
     * conditions that say what is already there change nothing, and a condition keeps its {@code
     * lastTransitionTime} while its status stays.
     *
     * @throws StoreUnavailable when PostgreSQL is away: try again later
     */
    public void write(Map<ResourceKey, List<Condition>> conditions) {
        if (conditions.isEmpty()) {
            return;
        }
        Map<ObjectKey, List<Condition>> byKey =
                conditions.entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        entry -> ResourceNames.key(entry.getKey()),
                                        Map.Entry::getValue));
        store.write(
                ACTOR,
                transaction -> {
                    Map<ObjectKey, StoredObject> found = transaction.findAll(byKey.keySet());
                    found.forEach(
                            (key, object) ->
                                    transaction.update(
                                            object,
                                            object.marks(),
                                            object.body()
                                                    .withStatus(
                                                            status(
                                                                    object.body().status(),
                                                                    byKey.getOrDefault(
                                                                            key, List.of())))));
                    return found.size();
                });
    }

    private JsonNode status(@Nullable JsonNode before, List<Condition> conditions) {
        ObjectNode status =
                before instanceof ObjectNode object
                        ? object.deepCopy()
                        : JsonNodeFactory.instance.objectNode();
        ArrayNode entries = JsonNodeFactory.instance.arrayNode();
        for (JsonNode entry : status.path("conditions")) {
            String type = entry.path("type").asString("");
            if (conditions.stream().noneMatch(condition -> condition.type().equals(type))) {
                entries.add(entry);
            }
        }
        for (Condition condition : conditions) {
            entries.add(entry(condition, status.path("conditions")));
        }
        status.set("conditions", entries);
        return status;
    }

    private ObjectNode entry(Condition condition, JsonNode before) {
        String since = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        for (JsonNode entry : before) {
            if (entry.path("type").asString("").equals(condition.type())
                    && entry.path("status").asString("").equals(condition.status().text())) {
                since = entry.path("lastTransitionTime").asString(since);
            }
        }
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        entry.put("type", condition.type());
        entry.put("status", condition.status().text());
        entry.put("reason", condition.reason());
        entry.put("message", condition.message());
        entry.put("observedGeneration", condition.observedGeneration());
        entry.put("lastTransitionTime", since);
        return entry;
    }
}
