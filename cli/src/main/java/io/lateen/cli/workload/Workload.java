package io.lateen.cli.workload;

import io.lateen.cli.process.KeptAlive;
import io.lateen.cli.process.ProcessPlan;
import io.lateen.cli.process.RunningProcess;
import io.lateen.cli.process.Signals;
import io.lateen.cli.process.Spawner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An application with its sidecar: {@code start}, then {@code awaitExit}; {@code signal} from any
 * thread at any time.
 *
 * <p>The sidecar is ready before the application starts, and stops after it has ended: the
 * application never meets a closed door on its way out. Told to end, the workload leaves the mesh
 * first, and the application hears of it when no request to it is left. A sidecar that crashes is
 * started again while the application is kept.
 */
public final class Workload {

    private static final Duration READY_WITHIN = Duration.ofMinutes(1);

    /** Whoever stops programs kills them after 30 s, as Kubernetes does: the rest is for them. */
    private static final Duration DRAINED_WITHIN = Duration.ofSeconds(15);

    /**
     * Where a workload runs.
     *
     * @param manager where managers are, {@code host:port[,host:port…]}
     * @param certificates how the sidecar gets its certificate; without it calls are plaintext
     * @param state a folder of which each sidecar gets its own part
     * @param sidecarLog where the sidecar's output goes
     * @param applicationLog where the application's output goes; our own output when empty
     * @param report told in a sentence what a person should know
     */
    public record Setting(
            Spawner spawner,
            Programs programs,
            String manager,
            Optional<Certificates> certificates,
            Path state,
            Path sidecarLog,
            Optional<Path> applicationLog,
            Consumer<String> report) {}

    private final WorkloadPlan plan;
    private final Setting setting;
    private final KeptAlive sidecar;

    /** Set when the application is started, and read by {@link #signal}; guarded by this. */
    private @Nullable RunningProcess application;

    private @Nullable String endedBy;

    /** A workload not started yet. */
    public Workload(WorkloadPlan plan, Setting setting) {
        this.plan = plan;
        this.setting = setting;
        List<String> command =
                new ArrayList<>(setting.programs().command(Programs.Program.SIDECAR));
        command.addAll(plan.sidecarArguments(setting.manager(), sidecarState()));
        setting.certificates().ifPresent(own -> command.addAll(own.sidecarArguments()));
        this.sidecar =
                new KeptAlive(
                        setting.spawner(),
                        ProcessPlan.logged(
                                plan.instance() + " sidecar",
                                command,
                                Map.of("MALLOC_ARENA_MAX", "1"),
                                setting.sidecarLog()),
                        setting.report(),
                        setting.certificates()
                                .map(Certificates::fresh)
                                .orElse(KeptAlive.Preparation.NONE));
    }

    private Path sidecarState() {
        return setting.state().resolve("sidecars").resolve(plan.instance());
    }

    /** What it runs. */
    public WorkloadPlan plan() {
        return plan;
    }

    /**
     * Starts the sidecar, waits until it is ready, and starts the application.
     *
     * @throws IOException with a sentence for the user when either does not start
     */
    public void start() throws IOException, InterruptedException {
        RunningProcess first = sidecar.start();
        try {
            new SidecarProbe(plan.address(), sidecarState())
                    .awaitReady(READY_WITHIN, () -> isEnding() || !first.isAlive());
            sidecar.keepAlive();
        } catch (IOException e) {
            stopSidecar();
            throw new IOException(
                    "the sidecar of %s is not ready (%s); see %s, and check that a manager listens on %s"
                            .formatted(
                                    plan.instance(),
                                    e.getMessage(),
                                    setting.sidecarLog(),
                                    setting.manager()),
                    e);
        }
        startApplication();
    }

    private synchronized void startApplication() throws IOException {
        if (endedBy != null) {
            return;
        }
        try {
            application =
                    setting.spawner()
                            .start(
                                    new ProcessPlan(
                                            plan.instance(),
                                            plan.command(),
                                            plan.applicationEnvironment(),
                                            setting.applicationLog(),
                                            "TERM"));
        } catch (IOException e) {
            stopSidecar();
            throw e;
        }
    }

    private synchronized boolean isEnding() {
        return endedBy != null;
    }

    /** Completes with the application's exit code when it has ended. */
    public CompletableFuture<Integer> onApplicationExit() {
        RunningProcess process = application();
        return process == null ? CompletableFuture.completedFuture(128 + 15) : process.onExit();
    }

    private synchronized @Nullable RunningProcess application() {
        return application;
    }

    /**
     * Waits until the application has ended, then stops the sidecar, which drains.
     *
     * @return the application's exit code; 128 + 15 when it was never started
     */
    public int awaitExit() throws InterruptedException {
        int code = onApplicationExit().join();
        stopSidecar();
        return code;
    }

    /**
     * Passes {@code signal} on to the application; before there is one, ends the start. The first
     * one that ends it is passed on when no request to the application is left; a further one says
     * that nobody wants to wait for that.
     */
    public synchronized void signal(String signal) {
        boolean first = endedBy == null;
        if (Signals.ends(signal)) {
            endedBy = signal;
        }
        RunningProcess process = application;
        if (process == null) {
            return;
        }
        if (first && Signals.ends(signal)) {
            Thread.ofVirtual()
                    .name("drain " + plan.instance())
                    .start(() -> drainAndSignal(process, signal));
        } else {
            process.signal(signal);
        }
    }

    private void drainAndSignal(RunningProcess process, String signal) {
        try {
            new SidecarProbe(plan.address(), sidecarState())
                    .drainInbound(DRAINED_WITHIN, () -> !process.isAlive() || !sidecar.isAlive());
        } catch (IOException e) {
            if (process.isAlive()) {
                setting.report()
                        .accept(
                                "%s ends before all requests to it have: its sidecar says %s"
                                        .formatted(plan.instance(), e.getMessage()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.signal(signal);
    }

    /** Ends the application, killing it after {@code grace}, and then the sidecar. */
    public void stop(Duration grace) {
        RunningProcess process;
        synchronized (this) {
            endedBy = "TERM";
            process = application;
        }
        if (process != null) {
            process.stop("TERM", grace);
        }
        stopSidecar();
    }

    private void stopSidecar() {
        sidecar.stop("TERM", setting.programs().grace());
    }
}
