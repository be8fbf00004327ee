package io.lateen.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The line of a log that says why a program ended. */
final class LogExcerpt {

    private static final List<String> TELLING =
            List.of(" ERROR ", "Error:", "Caused by", "cannot ");

    private LogExcerpt() {}

    static String cause(Path log) throws IOException {
        if (!Files.exists(log)) {
            return "it wrote no log";
        }
        List<String> lines =
                Files.readAllLines(log).reversed().stream()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty() && !line.startsWith("at "))
                        .toList();
        return lines.stream()
                .filter(line -> TELLING.stream().anyMatch(line::contains))
                .findFirst()
                .orElse(lines.isEmpty() ? "its log is empty" : lines.getFirst());
    }
}
