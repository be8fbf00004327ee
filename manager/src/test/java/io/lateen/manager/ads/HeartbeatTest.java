package io.lateen.manager.ads;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.Node;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HeartbeatTest {

    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private final ScriptedTimers timers = new ScriptedTimers();
    private final AtomicInteger silences = new AtomicInteger();
    private final Heartbeat heartbeat = new Heartbeat(timers, INTERVAL, silences::incrementAndGet);

    @Test
    void oneThatHasNotSpokenYetIsNotSilent() {
        timers.advance(Duration.ofMinutes(1));

        assertThat(silences).hasValue(0);
    }

    @Test
    void oneThatSpeaksInTimeIsNotSilent() {
        for (int beat = 0; beat < 30; beat++) {
            heartbeat.heard();
            timers.advance(INTERVAL);
        }

        assertThat(silences).hasValue(0);
    }

    @Test
    void isSilentFiveSecondsAfterItsLastWord() {
        heartbeat.heard();
        timers.advance(INTERVAL);
        heartbeat.heard();

        timers.advance(Duration.ofMillis(4_999));
        assertThat(silences).as("two may be missed").hasValue(0);
        timers.advance(Duration.ofMillis(1));
        assertThat(silences).hasValue(1);
        timers.advance(Duration.ofMinutes(1));
        assertThat(silences).as("said once").hasValue(1);
    }

    @Test
    void isNotWatchedAfterItsEnd() {
        heartbeat.heard();

        heartbeat.stop();
        timers.advance(Duration.ofMinutes(1));

        assertThat(silences).hasValue(0);
    }

    @ParameterizedTest
    @CsvSource({"2000, 2000", "1, 100", "999999999, 60000"})
    void thePromiseIsReadWithinBounds(String said, long millis) {
        assertThat(promise(said)).contains(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({"soon", "-1", "99999999999"})
    void nonsenseIsNoPromise(String said) {
        assertThat(promise(said)).isEmpty();
    }

    private static Optional<Duration> promise(String said) {
        Node node =
                Node.newBuilder()
                        .setId("sidecar~127.0.1.3~echo.default~default.svc.cluster.local")
                        .setMetadata(
                                Struct.newBuilder()
                                        .putFields(
                                                Heartbeat.KEY,
                                                Value.newBuilder().setStringValue(said).build()))
                        .build();
        return Heartbeat.promisedBy(((NodeReader.Read.Accepted) NodeReader.read(node)).proxy());
    }
}
