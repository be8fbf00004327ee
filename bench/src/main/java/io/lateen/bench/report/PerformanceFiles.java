package io.lateen.bench.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code docs/performance.md}, of which one marked section is written anew and the prose around it
 * kept, and {@code docs/performance.json} with the same figures.
 *
 * @param folder the project's docs
 */
public record PerformanceFiles(Path folder) {

    static final String BEGIN = "<!-- written by make bench: begin -->";
    static final String END = "<!-- written by make bench: end -->";

    /** Replaces the figures of the last run by these. */
    public void write(List<Row> rows, Surroundings surroundings) {
        Path prose = folder.resolve("performance.md");
        try {
            String before = Files.exists(prose) ? Files.readString(prose) : "# Performance\n";
            Files.writeString(prose, replaceSection(before, section(rows, surroundings)));
            Files.writeString(folder.resolve("performance.json"), json(rows, surroundings) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write under " + folder, e);
        }
    }

    /** {@code text} with what stands between the marks replaced, or appended if there are none. */
    static String replaceSection(String text, String section) {
        String marked = BEGIN + "\n\n" + section + "\n" + END;
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            return text.stripTrailing() + "\n\n" + marked + "\n";
        }
        return text.substring(0, begin) + marked + text.substring(end + END.length());
    }

    private static String section(List<Row> rows, Surroundings surroundings) {
        String versions =
                surroundings.versions().entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .collect(Collectors.joining(", "));
        int rounds = rows.stream().mapToInt(Row::rounds).max().orElse(0);
        return """
        Measured on %s on %s; %s; %s. Each cell: median of %d interleaved rounds (lowest to highest), \
        then in bold the median of same-round ratios to HAProxy.

        %s"""
                .formatted(
                        surroundings.day(),
                        surroundings.machine(),
                        surroundings.java(),
                        versions,
                        rounds,
                        new Table(rows).text());
    }

    private static String json(List<Row> rows, Surroundings surroundings) {
        JsonMapper mapper = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        ArrayNode array = mapper.createArrayNode();
        rows.forEach(row -> array.add(json(mapper, row, surroundings.versions())));
        return mapper.writeValueAsString(array);
    }

    private static ObjectNode json(JsonMapper mapper, Row row, Map<String, String> versions) {
        ObjectNode node =
                mapper.createObjectNode()
                        .put("case", row.caseName())
                        .put("system", row.system())
                        .put("metric", row.measure().metric())
                        .put("unit", row.measure().unit())
                        .put("median", rounded(row.median()))
                        .put("min", rounded(row.min()))
                        .put("max", rounded(row.max()))
                        .put("rounds", row.rounds());
        if (row.ratioToHaproxy().isPresent()) {
            node.put("ratioToHaproxy", rounded(row.ratioToHaproxy().getAsDouble()));
        } else {
            node.putNull("ratioToHaproxy");
        }
        return node.put("version", versions.getOrDefault(row.system(), ""));
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
