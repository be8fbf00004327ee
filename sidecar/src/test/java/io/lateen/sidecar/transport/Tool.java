package io.lateen.sidecar.transport;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Other people's programs, as real peers. */
final class Tool {
    private static final long SECONDS = 20;

    private Tool() {}

    /** What a program said, on either stream, and how it ended. */
    record Ended(int code, String said) {}

    /** Runs a program with nothing on its input. */
    static Ended run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            process.getOutputStream().close();
            String said =
                    new String(
                            process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError(command + " did not end; it said: " + said);
            }
            return new Ended(process.exitValue(), said);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } finally {
            process.destroyForcibly();
        }
    }

    /** curl, which says nothing but what it got. */
    static Ended curl(String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("curl", "-sS", "--noproxy", "*", "--max-time", "15"));
        command.addAll(List.of(arguments));
        return run(command);
    }

    /** openssl s_client, which ends after the handshake. */
    static Ended handshake(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("openssl", "s_client", "-no_ign_eof"));
        command.addAll(List.of(arguments));
        return run(command);
    }
}
