package io.lateen.sidecar.overload;

import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many connections of clients this process may hold. */
public final class FileLimit {

    /** Where the kernel does not say. */
    private static final int OTHERWISE = 10_000;

    private static final int LEAST = 64;
    private static final Pattern OPEN_FILES = Pattern.compile("Max open files +(\\d+) +.*");

    private FileLimit() {}

    /**
     * Half of the files that it may have open: the other half is for connections to endpoints, and
     * for those who ask how it is.
     *
     * @param limits the lines of {@code /proc/self/limits}; none where it is not to be had
     */
    public static int connections(List<String> limits) {
        OptionalInt files =
                limits.stream()
                        .map(OPEN_FILES::matcher)
                        .filter(Matcher::matches)
                        .mapToInt(line -> (int) Math.min(1 << 30, Long.parseLong(line.group(1))))
                        .findFirst();
        return files.isEmpty() ? OTHERWISE : Math.max(LEAST, files.getAsInt() / 2);
    }
}
