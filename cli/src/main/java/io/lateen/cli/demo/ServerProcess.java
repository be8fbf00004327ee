package io.lateen.cli.demo;

import io.lateen.cli.probe.HttpProbe;
import io.lateen.cli.process.KeptAlive;
import io.lateen.cli.process.ProcessPlan;
import io.lateen.cli.process.RunningProcess;
import io.lateen.cli.workload.Certificates;
import io.lateen.cli.workload.Programs;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One program of the control plane. Started and stopped by one thread. */
final class ServerProcess {

    private static final Duration READY_WITHIN = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /**
     * What it is.
     *
     * @param name as people call it, and its log
     * @param arguments those of its own
     * @param environment where other users of this host cannot read what is in it
     * @param healthPort where it says that it is healthy
     * @param certificates how it gets its certificate; empty if it needs none
     */
    record Plan(
            String name,
            Programs.Program program,
            List<String> arguments,
            Map<String, String> environment,
            int healthPort,
            Optional<Certificates> certificates) {
        Plan {
            arguments = List.copyOf(arguments);
            environment = Map.copyOf(environment);
        }
    }

    private final Plan plan;
    private final URI health;
    private final Path log;
    private final KeptAlive process;
    private final Duration grace;

    ServerProcess(Hosting hosting, Plan plan) {
        this.plan = plan;
        this.health =
                URI.create(
                        "http://%s:%d/actuator/health"
                                .formatted(hosting.addresses().control(), plan.healthPort()));
        this.log = hosting.state().log(plan.name());
        this.grace = hosting.programs().grace();
        List<String> command = new ArrayList<>(hosting.programs().command(plan.program()));
        command.addAll(plan.arguments());
        plan.certificates().ifPresent(own -> command.addAll(own.serverArguments()));
        this.process =
                new KeptAlive(
                        hosting.spawner(),
                        ProcessPlan.logged(plan.name(), command, plan.environment(), log),
                        hosting.report(),
                        plan.certificates()
                                .map(Certificates::fresh)
                                .orElse(KeptAlive.Preparation.NONE));
    }

    /**
     * Starts it and waits until it is healthy.
     *
     * @throws IOException with what its log says when it does not become healthy
     */
    void start() throws IOException, InterruptedException {
        RunningProcess first = process.start();
        try {
            new HttpProbe(health.toString(), PATIENCE, PAUSE)
                    .await(HttpProbe.Answer::ok, READY_WITHIN, () -> !first.isAlive());
        } catch (IOException e) {
            stop();
            throw new IOException(
                    "the %s does not start: %s (all of it in %s)"
                            .formatted(plan.name(), LogExcerpt.cause(log), log),
                    e);
        }
        process.keepAlive();
    }

    void stop() {
        process.stop("TERM", grace);
    }
}
