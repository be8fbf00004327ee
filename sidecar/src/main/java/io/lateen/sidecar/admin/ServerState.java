package io.lateen.sidecar.admin;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the sidecar says about itself.
 *
 * @param state {@code PRE_INITIALIZING}, {@code LIVE}, {@code DRAINING}, in Envoy's words
 * @param node its id
 * @param revision the store's revision in force, 0 for none
 * @param source where the configuration in force came from, {@code disk} or {@code manager}; empty
 *     before there is any
 * @param manager the manager that it is connected to; empty for none
 * @param configurationAgeSeconds since a manager last confirmed the configuration; -1 for never
 * @param lastRejection the last resource that was refused and why; empty for none
 */
public record ServerState(
        String version,
        String state,
        String node,
        long uptimeSeconds,
        long revision,
        String source,
        String manager,
        long configurationAgeSeconds,
        String lastRejection) {

    /** An object of JSON. */
    String json() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("version", version);
        fields.put("state", state);
        fields.put("node", node);
        fields.put("uptime_seconds", uptimeSeconds);
        fields.put("revision", revision);
        fields.put("configuration_source", source);
        fields.put("configuration_age_seconds", configurationAgeSeconds);
        fields.put("manager", manager);
        fields.put("last_rejection", lastRejection);
        StringBuilder json = new StringBuilder("{\n");
        fields.forEach(
                (name, value) ->
                        json.append(json.length() > 2 ? ",\n" : "")
                                .append("  \"")
                                .append(name)
                                .append("\": ")
                                .append(value instanceof String text ? quoted(text) : value));
        return json.append("\n}\n").toString();
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append("\\u00")
                        .append(Character.forDigit(c >> 4, 16))
                        .append(Character.forDigit(c & 15, 16));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
