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
    private @Nullable ControlPlane control;
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

    /** The portal, as a browser finds it. */
    public String portal() {
        return "http://%s:%d".formatted(plan.addresses().control(), LoopbackPlan.PORTAL_PORT);
    }

    /** The password that was drawn for the portal's first user, until it is changed. */
    public Optional<String> portalPassword() throws IOException {
        Path file = state.path().resolve("initial-password");
        return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
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
        ControlPlane programs = new ControlPlane(hosting(plan.programs()), databaseUrl);
        control = programs;
        programs.start();
        String token = Files.readString(state.path().resolve("admin-token")).strip();
        ManagerClient client =
                new ManagerClient(URI.create(programs.manager()), Optional.of(token));
        state.writeSecret(
                "kubeconfig",
                Kubeconfig.render(plan.addresses().control(), LoopbackPlan.REST_PORT, token));
        Files.writeString(state.path().resolve("server"), programs.manager() + "\n");
        SampleRules.apply(plan.rules(), client);
        startTraffic(programs);
        new PageProbe(page()).awaitReachable(Duration.ofMinutes(1));
    }

    private Hosting hosting(Programs programs) {
        return new Hosting(plan.addresses(), state, programs, spawner, plan.progress());
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

    private void startTraffic(ControlPlane control) throws IOException, InterruptedException {
        plan.progress()
                .accept(
                        "starting the ingress gateway and %d workloads, each with its sidecar"
                                .formatted(workloadPlans.size()));
        IngressGateway gateway =
                new IngressGateway(
                        // It learns nothing that the sidecars do not: in training they teach.
                        hosting(new Programs(plan.programs().java(), plan.programs().home())),
                        control.xds(),
                        control.authority()
                                .certificates(
                                        "ingressgateway",
                                        IngressGateway.NAMESPACE,
                                        IngressGateway.SERVICE_ACCOUNT));
        ingress = gateway;
        for (int index = 0; index < workloadPlans.size(); index++) {
            WorkloadPlan workload = workloadPlans.get(index);
            workloads.add(
                    new Workload(
                            workload,
                            new Workload.Setting(
                                    spawner,
                                    SampleApplication.teacher(index, plan.programs()),
                                    control.xds(),
                                    Optional.of(
                                            control.authority()
                                                    .certificates(
                                                            workload.workload(),
                                                            workload.namespace(),
                                                            workload.account())),
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
     * sidecar, then the control plane, and the database last.
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
        if (control != null) {
            control.stop();
        }
        if (postgres != null) {
            postgres.stop();
        }
        state.ledger().clear();
    }
}
