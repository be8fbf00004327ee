package io.lateen.bench.load;

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
        command.add(target.url(request.path()));
        return WrkOutput.parse(Programs.run(cpu, "wrk", command));
    }
}
