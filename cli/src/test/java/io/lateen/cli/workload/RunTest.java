package io.lateen.cli.workload;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.testkit.net.LoopbackAddresses;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("mesh")
class RunTest {

    private static final String UNTIL_TOLD =
            "trap 'echo got TERM; exit 42' TERM; trap 'echo got USR2' USR2; echo pid=$$;"
                    + " while :; do sleep 0.05; done";

    @TempDir private Path folder;

    @Test
    void returnsTheApplicationsExitCodeAndStopsTheSidecarAfterIt() throws Exception {
        try (LateenProcess lateen = LateenProcess.run(folder, "--", "sh", "-c", "exit 7")) {

            assertThat(lateen.exitCode()).isEqualTo(7);
            assertThat(lateen.sidecarEvents()).hasSize(2).last().isEqualTo("stopped");
        }
    }

    @Test
    void givesTheApplicationItsEnvironment() throws Exception {
        String print =
                "echo $HTTP_PROXY $http_proxy $BIND_ADDRESS $PORT $LATEEN_ADDRESS $LATEEN_NAME"
                        + " $NO_PROXY";
        try (LateenProcess lateen = LateenProcess.run(folder, "--", "sh", "-c", print)) {

            assertThat(lateen.exitCode()).isZero();
            String own = lateen.address();
            assertThat(lateen.output())
                    .isEqualTo(
                            "http://%1$s:15001 http://%1$s:15001 %1$s 9080 %1$s shop-v1-%1$s localhost,127.0.0.1,%1$s\n"
                                    .formatted(own));
        }
    }

    @Test
    void passesSignalsOnAndWaitsForTheApplicationsOwnEnd() throws Exception {
        try (LateenProcess lateen = LateenProcess.run(folder, "--", "sh", "-c", UNTIL_TOLD)) {
            lateen.awaitOutput("pid=");

            lateen.signal("USR2");
            lateen.awaitOutput("got USR2");
            assertThat(lateen.isAlive()).isTrue();
            lateen.signal("TERM");

            assertThat(lateen.exitCode()).isEqualTo(42);
            assertThat(lateen.output()).contains("got TERM");
            assertThat(lateen.sidecarEvents().subList(1, 3))
                    .containsExactly("drains inboundonly", "stopped");
        }
    }

    @Test
    void keepsTheApplicationUntilNoRequestToItIsLeftOrASecondSignalComes() throws Exception {
        try (LateenProcess lateen =
                LateenProcess.run(
                        folder, "--label", "requests=endless", "--", "sh", "-c", UNTIL_TOLD)) {
            lateen.awaitOutput("pid=");

            lateen.signal("TERM");
            eventually(() -> assertThat(lateen.sidecarEvents()).hasSize(2));
            assertThat(lateen.output()).doesNotContain("got TERM");
            lateen.signal("TERM");

            assertThat(lateen.exitCode()).isEqualTo(42);
            assertThat(lateen.output()).contains("got TERM");
        }
    }

    @Test
    void saysBySignalNumberThatASignalEndedTheApplication() throws Exception {
        try (LateenProcess lateen =
                LateenProcess.run(folder, "--", "sh", "-c", "echo up; exec sleep 60")) {
            lateen.awaitOutput("up");

            lateen.signal("TERM");

            assertThat(lateen.exitCode()).isEqualTo(143);
        }
    }

    @Test
    void startsACrashedSidecarAgainAndKeepsTheApplication() throws Exception {
        try (LateenProcess lateen = LateenProcess.run(folder, "--", "sh", "-c", UNTIL_TOLD)) {
            lateen.awaitOutput("pid=");
            long first = lateen.sidecarPid();

            LateenProcess.signal("KILL", first);

            eventually(() -> assertThat(lateen.sidecarPid()).isNotEqualTo(first));
            assertThat(lateen.isAlive()).isTrue();
            assertThat(lateen.errors()).contains("sidecar ended with 137; starting it again");
            lateen.signal("TERM");
            assertThat(lateen.exitCode()).isEqualTo(42);
        }
    }

    @Test
    void leavesNothingBehindWhenItIsKilled() throws Exception {
        try (LateenProcess lateen = LateenProcess.run(folder, "--", "sh", "-c", UNTIL_TOLD)) {
            lateen.awaitOutput("pid=");
            String output = lateen.output();
            long application = Long.parseLong(output.substring(output.indexOf("pid=") + 4).strip());
            long sidecar = lateen.sidecarPid();

            LateenProcess.signal("KILL", lateen.pid());

            eventually(
                    () -> {
                        assertThat(isAlive(application)).as("application").isFalse();
                        assertThat(isAlive(sidecar)).as("sidecar").isFalse();
                    });
        }
    }

    @Test
    void neverStartsTheApplicationOfASidecarThatIsNotReady() throws Exception {
        try (LateenProcess lateen =
                LateenProcess.run(
                        folder, "--label", "ready=never", "--", "sh", "-c", "echo started")) {
            eventually(() -> assertThat(lateen.sidecarEvents()).isNotEmpty());

            lateen.signal("TERM");

            assertThat(lateen.exitCode()).isEqualTo(143);
            assertThat(lateen.output()).isEmpty();
            assertThat(lateen.sidecarEvents()).last().isEqualTo("stopped");
        }
    }

    @Test
    void refusesAnAddressThatIsTaken() throws Exception {
        String address = LoopbackAddresses.next();
        try (ServerSocket holder =
                        new ServerSocket(15006, 1, InetAddress.getAllByName(address)[0]);
                LateenProcess lateen =
                        LateenProcess.runOn(address, folder, "--", "sh", "-c", "exit 0")) {

            assertThat(lateen.exitCode()).isEqualTo(1);
            assertThat(lateen.errors())
                    .isEqualTo(
                            "lateen: %s:%d is in use by another program; stop it, or give another --address\n"
                                    .formatted(address, holder.getLocalPort()));
        }
    }

    @Test
    void saysInOneSentenceThatAProgramIsMissing() throws Exception {
        try (LateenProcess lateen = LateenProcess.run(folder, "--", "no-such-program")) {

            assertThat(lateen.exitCode()).isNotZero();
            assertThat(lateen.errors().lines()).hasSize(1);
            assertThat(lateen.errors()).contains("no-such-program");
        }
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
