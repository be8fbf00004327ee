package io.lateen.manager.ads;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import io.lateen.manager.translate.XdsResource;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Targets for tests, written {@code cds:a=1 eds:a=1 lds:l=1 rds:r=1}: type, name and version. */
final class Targets {

    private Targets() {}

    static Push target(long revision, String resources) {
        Map<ResourceType, Map<String, XdsResource>> byType = new EnumMap<>(ResourceType.class);
        for (String word : resources.split(" ", -1)) {
            ResourceType type = type(word.substring(0, 3));
            String name = word.substring(4, word.indexOf('='));
            String version = word.substring(word.indexOf('=') + 1);
            byType.computeIfAbsent(type, _ -> new LinkedHashMap<>())
                    .put(name, resource(type, name, version));
        }
        return new Push(revision, revision, byType, Instant.parse("2026-11-22T00:00:00Z"));
    }

    static ResourceType type(String shortName) {
        for (ResourceType type : ResourceType.values()) {
            if (type.shortName().equals(shortName)) {
                return type;
            }
        }
        throw new IllegalArgumentException(shortName);
    }

    /** The body says the name and version, so that a client can tell what it got. */
    private static XdsResource resource(ResourceType type, String name, String version) {
        return new XdsResource(
                name,
                version,
                Any.newBuilder()
                        .setTypeUrl(type.url())
                        .setValue(ByteString.copyFromUtf8(name + "=" + version))
                        .build());
    }
}
