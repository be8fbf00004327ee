package io.lateen.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Closed loop over HTTP/2: each stream is followed by the next when it has its answer. This is
 * h2load with one thread.
 *
 * @param cpu where h2load runs
 * @param connections that it keeps
 * @param streams at once on each of them
 */
public record MultiplexedLoad(int cpu, int connections, int streams) implements Load {

    @Override
    public LoadResult drive(Target target, Request request, Duration duration) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "h2load",
                                "-t1",
                                "-c" + connections,
                                "-m" + streams,
                                "-D" + duration.toSeconds(),
                                "-H",
                                ":authority: " + target.authority()));
        Request.HEADERS.forEach(
                header -> {
                    command.add("-H");
                    command.add(header.getKey() + ": " + header.getValue());
                });
        if (request.message().isEmpty()) {
            command.add(target.url(request.path()));
            return H2LoadOutput.parse(Programs.run(cpu, "nghttp2-client", command));
        }
        Path body = body(request);
        try {
            command.addAll(List.of("-H", "content-type: application/grpc", "-H", "te: trailers"));
            command.addAll(List.of("-d", body.toString(), target.url(request.path())));
            return H2LoadOutput.parse(Programs.run(cpu, "nghttp2-client", command));
        } finally {
            delete(body);
        }
    }

    private static Path body(Request request) {
        try {
            return Files.write(
                    Files.createTempFile("message", ".grpc"), request.message().orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write what h2load sends", e);
        }
    }

    private static void delete(Path body) {
        try {
            Files.delete(body);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove what h2load sent", e);
        }
    }
}
