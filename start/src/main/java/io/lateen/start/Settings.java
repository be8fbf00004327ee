package io.lateen.start;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All settings of a program. They are kept in {@code settings.txt} beside its configuration: what
 * the program is on the first line, then chapters ({@code # Where it listens}) of rows {@code name
 * | default | example | text}.
 *
 * @param program what it is: {@code lateen-mixer: counts …}
 * @param chapters settings by the headline of their chapter
 */
record Settings(String program, Map<String, List<Setting>> chapters) {

    private static final String FILE = "settings.txt";
    private static final int FIELDS = 4;

    /** The settings of a program. */
    static Settings of(Class<?> configuration) {
        try (InputStream in = configuration.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is not beside " + configuration.getName());
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a table. */
    static Settings parse(String table) {
        List<String> lines = table.lines().filter(line -> !line.isBlank()).toList();
        Map<String, List<Setting>> chapters = new LinkedHashMap<>();
        String chapter = "";
        for (String line : lines.subList(1, lines.size())) {
            if (line.startsWith("# ")) {
                chapter = line.substring(2);
                continue;
            }
            String[] fields = line.split("\\|", FIELDS);
            if (fields.length < FIELDS) {
                throw new IllegalStateException(
                        FILE + ": found '" + line + "', expected name | default | example | text");
            }
            chapters.computeIfAbsent(chapter, _ -> new ArrayList<>())
                    .add(
                            new Setting(
                                    fields[0].strip(),
                                    fields[1].strip(),
                                    fields[2].strip(),
                                    fields[3].strip()));
        }
        return new Settings(lines.getFirst(), chapters);
    }

    List<Setting> all() {
        return chapters.values().stream().flatMap(List::stream).toList();
    }

    /** Whether a flag's name is one of the settings. */
    boolean knows(String flag) {
        // Spring's own way to say where things are; both are read.
        String name = flag.equals("lateen.database-url") ? "database-url" : flag;
        return all().stream().anyMatch(setting -> setting.isNamed(name));
    }

    /** The setting whose name is most like a flag's, with or without what it begins with. */
    Optional<Setting> nearest(String flag) {
        return all().stream().min(Comparator.comparingInt(each -> distance(flag, each.name())));
    }

    private static int distance(String flag, String name) {
        String given = Spelling.of(flag);
        int least = Integer.MAX_VALUE;
        for (String rest = Spelling.of(name); !rest.isEmpty(); rest = afterDot(rest)) {
            least = Math.min(least, Spelling.distance(given, rest));
        }
        return least;
    }

    private static String afterDot(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1);
    }
}
