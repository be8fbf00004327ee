package io.lateen.cli.output;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows below a heading, each column as wide as its widest cell and three spaces apart; nothing
 * trails a row's last cell.
 */
public final class Table {

    private static final String GAP = "   ";

    private final List<String> heading;
    private final List<List<String>> rows = new ArrayList<>();

    /** A table without rows. */
    public Table(List<String> heading) {
        this.heading = List.copyOf(heading);
    }

    /** Adds a row, which has a cell for each column of the heading. */
    public Table row(List<String> cells) {
        if (cells.size() != heading.size()) {
            throw new IllegalArgumentException(
                    "row: found %d cells, expected %d".formatted(cells.size(), heading.size()));
        }
        rows.add(List.copyOf(cells));
        return this;
    }

    /** Whether it has no rows. */
    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** The table as text, each line ending in a line break. */
    public String render(Console console) {
        int[] widths = new int[heading.size()];
        measure(heading, widths);
        rows.forEach(row -> measure(row, widths));
        StringBuilder text = new StringBuilder();
        text.append(console.bold(line(heading, widths))).append('\n');
        rows.forEach(row -> text.append(line(row, widths)).append('\n'));
        return text.toString();
    }

    private static void measure(List<String> cells, int[] widths) {
        for (int column = 0; column < widths.length; column++) {
            widths[column] = Math.max(widths[column], cells.get(column).length());
        }
    }

    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = cells.get(column);
            line.append(column == 0 ? "" : GAP).append(cell);
            line.append(" ".repeat(widths[column] - cell.length()));
        }
        return line.toString().stripTrailing();
    }
}
