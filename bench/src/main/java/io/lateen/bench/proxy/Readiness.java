package io.lateen.bench.proxy;

import io.lateen.bench.load.Target;
import io.lateen.bench.process.PinnedProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Waits until a freshly started system answers the benchmark's own request. */
public final class Readiness {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private Readiness() {}

    /**
     * Returns when {@code target} has answered 200; throws with the program's last words if not.
     */
    public static void await(String name, Target target, PinnedProcess process) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String found = "nothing";
        while (System.nanoTime() < deadline && process.isAlive()) {
            found = statusLine(target);
            if (found.startsWith("HTTP/1.1 200")) {
                return;
            }
            pause();
        }
        String state = process.isAlive() ? "is alive but does not answer 200" : "has ended";
        process.close();
        throw new IllegalStateException(
                name
                        + " "
                        + state
                        + ": asked "
                        + target
                        + ", found \""
                        + found
                        + "\"; its last words:\n"
                        + process.lastWords());
    }

    private static String statusLine(Target target) {
        String request =
                "GET "
                        + Service.SMALL
                        + " HTTP/1.1\r\nhost: "
                        + target.authority()
                        + "\r\nconnection: close\r\n\r\n";
        try (Socket socket = new Socket()) {
            socket.connect(target.address(), 1_000);
            socket.setSoTimeout(5_000);
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            String answer = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            return answer.lines().findFirst().orElse("");
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a system was starting", e);
        }
    }
}
