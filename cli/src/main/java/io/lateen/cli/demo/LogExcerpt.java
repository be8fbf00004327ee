package io.lateen.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The line of a log that says why a program ended. */
final class LogExcerpt {

    /** How a program of ours begins the sentence with which it refuses to start. */
    private static final String OWN_WORDS = "lateen-manager: ";

    private static final List<String> TELLING = List.of(" ERROR ", "Error:", "Caused by");

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
                .filter(line -> line.startsWith(OWN_WORDS))
                .map(line -> line.substring(OWN_WORDS.length()))
                .findFirst()
                .or(() -> lines.stream().filter(LogExcerpt::isTelling).findFirst())
                .or(() -> lines.stream().findFirst())
                .orElse("its log is empty");
    }

    private static boolean isTelling(String line) {
        return TELLING.stream().anyMatch(line::contains);
    }
}
