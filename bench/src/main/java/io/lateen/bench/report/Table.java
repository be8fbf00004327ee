package io.lateen.bench.report;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Rows as Markdown, which is also what the console shows: one table per measure, systems across.
 */
public final class Table {

    private final List<Row> rows;

    public Table(List<Row> rows) {
        this.rows = List.copyOf(rows);
    }

    /** All tables, one after the other. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Measure measure : Measure.values()) {
            if (measure != Measure.FAILED_REQUESTS && present(measure)) {
                text.append(table(measure)).append('\n');
            }
        }
        return text.append(failures()).toString();
    }

    private boolean present(Measure measure) {
        return rows.stream().anyMatch(row -> row.measure() == measure);
    }

    private String table(Measure measure) {
        List<Row> ours = rows.stream().filter(row -> row.measure() == measure).toList();
        Set<String> systems = distinct(ours, Row::system);
        StringBuilder text = new StringBuilder();
        text.append("| ").append(measure.metric()).append(" (").append(measure.unit()).append(")");
        systems.forEach(name -> text.append(" | ").append(name));
        text.append(" |\n|---").append("|---".repeat(systems.size())).append("|\n");
        for (String caseName : distinct(ours, Row::caseName)) {
            text.append("| ").append(caseName);
            for (String system : systems) {
                text.append(" | ").append(cell(ours, caseName, system));
            }
            text.append(" |\n");
        }
        return text.toString();
    }

    private static Set<String> distinct(List<Row> rows, Function<Row, String> what) {
        Set<String> seen = new LinkedHashSet<>();
        rows.forEach(row -> seen.add(what.apply(row)));
        return seen;
    }

    /** Median, spread, and the ratio in bold: {@code 23.1 (21.0 to 24.9) **0.91**}. */
    private static String cell(List<Row> rows, String caseName, String system) {
        Optional<Row> found =
                rows.stream()
                        .filter(r -> r.caseName().equals(caseName) && r.system().equals(system))
                        .findFirst();
        return found.map(
                        row ->
                                row.measure().text(row.median())
                                        + " ("
                                        + row.measure().text(row.min())
                                        + " to "
                                        + row.measure().text(row.max())
                                        + ")"
                                        + ratio(row))
                .orElse("");
    }

    private static String ratio(Row row) {
        return row.ratioToHaproxy().isEmpty()
                ? ""
                : String.format(Locale.ROOT, " **%.2f**", row.ratioToHaproxy().getAsDouble());
    }

    private String failures() {
        List<String> failed =
                rows.stream()
                        .filter(row -> row.measure() == Measure.FAILED_REQUESTS && row.max() > 0)
                        .map(
                                row ->
                                        "- %s, %s: up to %.0f in a round"
                                                .formatted(row.system(), row.caseName(), row.max()))
                        .toList();
        return failed.isEmpty()
                ? "Failed requests: none.\n"
                : "**Failed requests** (the figures of these rows do not count):\n\n"
                        + String.join("\n", failed)
                        + "\n";
    }
}
