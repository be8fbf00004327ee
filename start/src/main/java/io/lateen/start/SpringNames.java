package io.lateen.start;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings of Spring and its parts, as their libraries list them: they may be set, too. Reading
 * the lists takes a moment, and is done only for flags that are none of ours.
 */
final class SpringNames {
    private static final String LIST = "META-INF/spring-configuration-metadata.json";
    private static final Pattern NAME = Pattern.compile("\"name\": *\"([^\"]+)\"");

    private final Set<String> names = new HashSet<>();

    SpringNames(ClassLoader libraries) {
        try {
            for (URL list : Collections.list(libraries.getResources(LIST))) {
                try (InputStream in = list.openStream()) {
                    read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(String json) {
        // Groups come before and hints after: they have names as well, which are no settings.
        int begin = json.indexOf("\"properties\"");
        int end = json.indexOf("\"hints\"");
        Matcher name =
                NAME.matcher(json.substring(Math.max(begin, 0), end < 0 ? json.length() : end));
        while (begin >= 0 && name.find()) {
            names.add(Spelling.of(name.group(1)));
        }
    }

    /** Whether a name is listed, or lies below one that is: {@code logging.level.io.lateen}. */
    boolean knows(String flag) {
        for (String at = Spelling.of(flag); !at.isEmpty(); ) {
            if (names.contains(at)) {
                return true;
            }
            int dot = at.lastIndexOf('.');
            at = dot < 0 ? "" : at.substring(0, dot);
        }
        return false;
    }
}
