package io.lateen.portal.events;

import io.lateen.portal.problem.Refusal;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a stream can be about. */
enum Topic {
    /** Traffic over five minutes. */
    GRAPH,
    /** Rules. */
    CONFIG,
    /** Sidecars. */
    PROXIES,
    /** Certificates. */
    CERTIFICATES;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads {@code graph,config}; nothing means all. */
    static Set<Topic> parse(String text) {
        if (text.isBlank()) {
            return EnumSet.allOf(Topic.class);
        }
        Set<Topic> topics = EnumSet.noneOf(Topic.class);
        for (String name : text.split(",", -1)) {
            topics.add(
                    Arrays.stream(values())
                            .filter(topic -> topic.wireName().equals(name.strip()))
                            .findFirst()
                            .orElseThrow(() -> unknown(name)));
        }
        return topics;
    }

    private static Refusal unknown(String name) {
        return Refusal.badRequest(
                "topic.unknown",
                Map.of("found", name),
                "topics: found '" + name + "', expected graph, config, proxies, certificates");
    }
}
