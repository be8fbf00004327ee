package io.lateen.mixer.rules;

import io.lateen.mixer.quota.Limit;
import io.lateen.model.codec.ResourceCodec;
import io.lateen.model.resource.Kind;
import io.lateen.model.resource.RateLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The RateLimits that are known, by namespace and name. Confined to its thread. */
final class RuleSet {
    private final ResourceCodec codec = new ResourceCodec();
    private final Map<String, List<Limit>> rules = new TreeMap<>();

    /** Takes a document of the manager's; it has judged it before it kept it. */
    void put(JsonNode object) throws JacksonException {
        String name = name(object);
        RateLimit spec = (RateLimit) codec.decodeSpec(Kind.RATE_LIMIT, object.path("spec"));
        if (spec.scope() == RateLimit.Scope.Workload) {
            // Sidecars count it for themselves.
            rules.remove(name);
            return;
        }
        List<Limit> limits = new ArrayList<>();
        for (int i = 0; i < spec.limits().size(); i++) {
            RateLimit.Limit limit = spec.limits().get(i);
            limits.add(new Limit(name + "/" + i, name, limit.requests(), limit.per()));
        }
        rules.put(name, limits);
    }

    void remove(JsonNode object) {
        rules.remove(name(object));
    }

    void clear() {
        rules.clear();
    }

    List<Limit> limits() {
        return rules.values().stream().flatMap(List::stream).toList();
    }

    private static String name(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        return metadata.path("namespace").asString("") + "/" + metadata.path("name").asString("");
    }
}
