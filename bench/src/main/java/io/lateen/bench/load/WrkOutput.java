package io.lateen.bench.load;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what wrk prints at its end. */
final class WrkOutput {

    private static final Pattern TOTAL =
            Pattern.compile("(\\d+) requests in ([\\d.]+)(us|ms|s|m), ");
    private static final Pattern ERRORS =
            Pattern.compile(
                    "Socket errors: connect (\\d+), read (\\d+), write (\\d+), timeout (\\d+)");
    private static final Pattern STATUS = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");

    private WrkOutput() {}

    static LoadResult parse(String output) {
        Matcher total = TOTAL.matcher(output);
        if (!total.find()) {
            throw new IllegalStateException(
                    "wrk's output: expected \"<n> requests in <time>\", found: " + output);
        }
        long answered = Long.parseLong(total.group(1));
        double seconds = Double.parseDouble(total.group(2)) * Units.seconds(total.group(3));
        long refused = 0;
        Matcher status = STATUS.matcher(output);
        if (status.find()) {
            refused = Long.parseLong(status.group(1));
        }
        long broken = 0;
        Matcher errors = ERRORS.matcher(output);
        if (errors.find()) {
            for (int kind = 1; kind <= errors.groupCount(); kind++) {
                broken += Long.parseLong(errors.group(kind));
            }
        }
        return new LoadResult(answered - refused, refused + broken, seconds, Optional.empty());
    }
}
