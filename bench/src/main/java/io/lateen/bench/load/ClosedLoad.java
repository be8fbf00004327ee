package io.lateen.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Closed loop: each connection sends its next request when it has its answer. This is wrk with one
 * thread, which costs the load's CPU far less than a generator in Java would.
 *
 * @param cpu where wrk runs
 * @param connections that it keeps
 */
public record ClosedLoad(int cpu, int connections) implements Load {

    @Override
    public LoadResult drive(Target target, Request request, Duration duration) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "taskset",
                                "-c",
                                Integer.toString(cpu),
                                "wrk",
                                "-t1",
                                "-c" + connections,
                                "-d" + duration.toSeconds() + "s",
                                "-H",
                                // Spelled so: wrk looks for "Host" and else adds one of its own.
                                "Host: " + target.authority()));
        Request.HEADERS.forEach(
                header -> {
                    command.add("-H");
                    command.add(header.getKey() + ": " + header.getValue());
                });
        command.add(
                "http://"
                        + target.address().getAddress().getHostAddress()
                        + ":"
                        + target.address().getPort()
                        + request.path());
        return WrkOutput.parse(run(command));
    }

    private static String run(List<String> command) {
        try {
            Process wrk = new ProcessBuilder(command).redirectErrorStream(true).start();
            String output =
                    new String(wrk.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            if (wrk.waitFor() != 0) {
                throw new IllegalStateException(
                        "wrk ended with " + wrk.exitValue() + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "wrk cannot be started; install it (apt install wrk)", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while wrk was running", e);
        }
    }
}
