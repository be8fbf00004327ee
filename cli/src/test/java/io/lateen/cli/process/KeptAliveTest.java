package io.lateen.cli.process;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptAliveTest {

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final AtomicInteger prepared = new AtomicInteger();

    @TempDir private Path folder;

    @Test
    void preparesBeforeEachStartAndWaitsWhileThatFails() throws Exception {
        KeptAlive process =
                new KeptAlive(
                        new Spawner(new ProcessLedger(folder.resolve("processes"))),
                        ProcessPlan.logged(
                                "patient",
                                List.of("sleep", "600"),
                                Map.of(),
                                folder.resolve("patient.log")),
                        told::add,
                        this::prepare);
        RunningProcess first = process.start();
        process.keepAlive();
        assertThat(prepared).hasValue(1);

        first.signal("KILL");

        eventually(
                () -> {
                    assertThat(prepared).as("failed once, and then not").hasValue(3);
                    assertThat(process.isAlive()).isTrue();
                });
        assertThat(told).anyMatch(line -> line.equals("patient waits for what it needs: not now"));
        process.stop("TERM", Duration.ofSeconds(5));
        assertThat(process.isAlive()).isFalse();
    }

    private void prepare() throws IOException {
        if (prepared.incrementAndGet() == 2) {
            throw new IOException("not now");
        }
    }
}
