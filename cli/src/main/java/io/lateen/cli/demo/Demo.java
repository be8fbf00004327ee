package io.lateen.cli.demo;

import io.lateen.cli.client.ManagerClient;
import io.lateen.cli.postgres.PostgresServer;
import io.lateen.cli.process.Spawner;
import io.lateen.cli.workload.Programs;
import io.lateen.cli.workload.Workload;
import io.lateen.cli.workload.WorkloadPlan;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The mesh that {@code lateen up} starts and stops. {@link #start} and {@link #stop} are called on
 * one thread; {@link #stop} after a start that failed stops what had been started.
 */
public final class Demo {

    private static final int POSTGRES_PORT = 15432;
    private static final Duration LEFTOVER_GRACE = Duration.ofSeconds(10);

    /**
     * What to start.
     *
     * @param addresses whose address is which
     * @param databaseUrl a server to use instead of our own
     * @param rules the folder of rules with which the page is reachable from outside
     * @param searchPath the environment's PATH
     * @param progress told in a short sentence how far the start has come, and what crashed later
     */
    public record Plan(
            LoopbackPlan addresses,
            Optional<String> databaseUrl,
            Programs programs,
            Path rules,
            String searchPath,
            Consumer<String> progress) {}

    private final Plan plan;
    private final StateFolder state;
    private final Spawner spawner;
    private final List<WorkloadPlan> workloadPlans;
    private final List<Workload> workloads = new ArrayList<>();

    /** Written by the thread that stops, read by those that watch applications. */
    private volatile boolean stopping;

    private @Nullable PostgresServer postgres;
    private @Nullable ControlPlane manager;
    private @Nullable IngressGateway ingress;

    /** A mesh with its state in {@code state}. */
    public Demo(Plan plan, StateFolder state) {
        this.plan = plan;
        this.state = state;
        this.spawner = new Spawner(state.ledger());
        this.workloadPlans = SampleApplication.workloads(plan.addresses(), plan.programs());
    }

    /** The page, as a browser finds it. */
    public String page() {
        return "http://%s:%d/productpage"
                .formatted(plan.addresses().ingress(), LoopbackPlan.INGRESS_PORT);
    }

    /** The file that leads kubectl to the manager. */
    public Path kubeconfig() {
        return state.path().resolve("kubeconfig");
    }

    /**
     * Starts everything and returns when the page is reachable from outside.
     *
     * @throws IOException with a sentence for the user
     */
    public void start() throws IOException, InterruptedException {
        try {
            startInOrder();
        } catch (IOException e) {
            // What fails on a full disk says many things, and seldom that.
            Preflight.checkDiskLeft(state.path());
            throw e;
        }
    }

    private void startInOrder() throws IOException, InterruptedException {
        Preflight.checkPrograms(plan.programs(), plan.searchPath());
        Preflight.checkDisk(state.path());
        List<String> left = state.ledger().endLeftovers(LEFTOVER_GRACE);
        if (!left.isEmpty()) {
            plan.progress()
                    .accept("ended what an earlier start had left: " + String.join(", ", left));
        }
        Preflight.checkPorts(plan.addresses(), workloadPlans);
        state.beginLogs();
        String databaseUrl =
                plan.databaseUrl().isPresent() ? plan.databaseUrl().get() : startPostgres();
        plan.progress().accept("starting the manager");
        ControlPlane control =
                new ControlPlane(
                        plan.addresses(),
                        state,
                        plan.programs(),
                        databaseUrl,
                        spawner,
                        plan.progress());
        manager = control;
        String token = control.start();
        ManagerClient client = new ManagerClient(URI.create(control.server()), Optional.of(token));
        state.writeSecret(
                "kubeconfig",
                Kubeconfig.render(plan.addresses().manager(), LoopbackPlan.REST_PORT, token));
        Files.writeString(state.path().resolve("server"), control.server() + "\n");
        SampleRules.apply(plan.rules(), client);
        startTraffic(control.xds());
        new PageProbe(page()).awaitReachable(Duration.ofMinutes(1));
    }

    private String startPostgres() throws IOException, InterruptedException {
        plan.progress().accept("starting PostgreSQL");
        PostgresServer server =
                PostgresServer.prepare(
                        state.path().resolve("postgres"),
                        FreePort.preferring(POSTGRES_PORT),
                        state.log("postgres"),
                        spawner,
                        plan.progress());
        postgres = server;
        server.start();
        return server.url();
    }

    private void startTraffic(String xds) throws IOException, InterruptedException {
        plan.progress()
                .accept(
                        "starting the ingress gateway and %d workloads, each with its sidecar"
                                .formatted(workloadPlans.size()));
        IngressGateway gateway =
                new IngressGateway(
                        plan.addresses().ingress(),
                        xds,
                        state,
                        new Programs(plan.programs().java(), plan.programs().home()),
                        spawner,
                        plan.progress());
        ingress = gateway;
        for (int index = 0; index < workloadPlans.size(); index++) {
            WorkloadPlan workload = workloadPlans.get(index);
            workloads.add(
                    new Workload(
                            workload,
                            new Workload.Setting(
                                    spawner,
                                    SampleApplication.teacher(index, plan.programs()),
                                    xds,
                                    state.path(),
                                    state.log(workload.workload() + "-sidecar"),
                                    Optional.of(state.log(workload.workload())),
                                    plan.progress())));
        }
        List<AllAtOnce.Step> starts = new ArrayList<>();
        starts.add(gateway::start);
        workloads.forEach(workload -> starts.add(workload::start));
        AllAtOnce.run(starts);
        workloads.forEach(this::reportExit);
    }

    private void reportExit(Workload workload) {
        Thread.ofVirtual()
                .name("watch " + workload.plan().instance())
                .start(
                        () -> {
                            int code = workload.onApplicationExit().join();
                            if (!stopping) {
                                plan.progress()
                                        .accept(
                                                "%s ended with %d (see %s)"
                                                        .formatted(
                                                                workload.plan().instance(),
                                                                code,
                                                                state.log(
                                                                        workload.plan()
                                                                                .workload())));
                            }
                        });
    }

    /** Asks for the page again and again: what the programs are to have learnt when they end. */
    public void exercise(int times) throws IOException, InterruptedException {
        for (int time = 0; time < times; time++) {
            new PageProbe(page()).awaitReachable(Duration.ofSeconds(20));
        }
    }

    /**
     * Stops everything that runs: first the way in, then the applications and after each its
     * sidecar, then the manager, and the database last.
     */
    public void stop() throws IOException, InterruptedException {
        stopping = true;
        if (ingress != null) {
            ingress.stop();
        }
        AllAtOnce.run(
                workloads.stream()
                        .<AllAtOnce.Step>map(
                                workload -> () -> workload.stop(plan.programs().grace()))
                        .toList());
        if (manager != null) {
            manager.stop();
        }
        if (postgres != null) {
            postgres.stop();
        }
        state.ledger().clear();
    }
}
