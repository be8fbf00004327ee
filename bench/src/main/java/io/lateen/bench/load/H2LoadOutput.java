package io.lateen.bench.load;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what h2load prints at its end. */
final class H2LoadOutput {

    private static final Pattern FINISHED = Pattern.compile("finished in ([\\d.]+)(us|ms|s|m),");
    private static final Pattern REQUESTS =
            Pattern.compile("(\\d+) succeeded, (\\d+) failed, (\\d+) errored, (\\d+) timeout");
    private static final Pattern STATUS = Pattern.compile("status codes: (\\d+) 2xx");

    private H2LoadOutput() {}

    static LoadResult parse(String output) {
        Matcher finished = FINISHED.matcher(output);
        Matcher requests = REQUESTS.matcher(output);
        Matcher status = STATUS.matcher(output);
        if (!finished.find() || !requests.find() || !status.find()) {
            throw new IllegalStateException(
                    "h2load's output: expected \"finished in <time>\", \"<n> succeeded, …\" and"
                            + " \"status codes: <n> 2xx\", found: "
                            + output);
        }
        long answered = Long.parseLong(requests.group(1));
        // Those that the end of the time cut off are started and neither done nor failed.
        long failed = Long.parseLong(requests.group(2));
        long good = Math.min(answered, Long.parseLong(status.group(1)));
        double seconds = Double.parseDouble(finished.group(1)) * Units.seconds(finished.group(2));
        return new LoadResult(good, failed + answered - good, seconds, Optional.empty());
    }
}
