package io.lateen.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Load generators that are programs of their own. */
final class Programs {

    private Programs() {}

    /** Runs one on {@code cpu} to its end; what it printed. */
    static String run(int cpu, String debianPackage, List<String> command) {
        List<String> pinned = new ArrayList<>(List.of("taskset", "-c", Integer.toString(cpu)));
        pinned.addAll(command);
        String name = command.getFirst();
        try {
            Process process = new ProcessBuilder(pinned).redirectErrorStream(true).start();
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(
                        name + " ended with " + process.exitValue() + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    name + " cannot be started; install it (apt install " + debianPackage + ")", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + name + " was running", e);
        }
    }
}
