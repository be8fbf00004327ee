package io.lateen.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.cli.output.Console;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class StopRequestTest {

    private final StringWriter out = new StringWriter();
    private final StopRequest request =
            new StopRequest(
                    Thread.currentThread(),
                    new Console(new PrintWriter(out), new PrintWriter(out), false));

    // An interrupt that came late killed processes that were being stopped with patience.
    @RepeatedTest(500)
    void interruptsNobodyAfterItWasSilenced() throws Exception {
        Thread signal = Thread.ofPlatform().start(() -> request.signal("INT"));

        request.await();
        request.silence();

        signal.join();
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void interruptsAStart() {
        request.signal("TERM");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(out).hasToString("· stopping" + System.lineSeparator());
    }

    @Test
    void hearsOnlySignalsThatEnd() {
        request.signal("WINCH");

        assertThat(Thread.interrupted()).isFalse();
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void letsASignalDuringTheStopPass() {
        request.silence();

        request.signal("INT");

        assertThat(Thread.interrupted()).isFalse();
    }
}
