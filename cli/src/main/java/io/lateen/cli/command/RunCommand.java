package io.lateen.cli.command;

import io.lateen.cli.client.CommandFailed;
import io.lateen.cli.process.ProcessLedger;
import io.lateen.cli.process.Signals;
import io.lateen.cli.process.Spawner;
import io.lateen.cli.workload.Certificates;
import io.lateen.cli.workload.LoopbackAddresses;
import io.lateen.cli.workload.Workload;
import io.lateen.cli.workload.WorkloadPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lateen run}: an application with its sidecar. */
@Command(
        name = "run",
        header = "Runs an application with its sidecar.",
        description = {
            "Starts a sidecar, waits until it is ready, starts the application with its"
                    + " environment set, watches over both, passes signals on, and exits with the"
                    + " application's exit code (128 + n when signal n ended it).",
            "",
            "The application finds HTTP_PROXY and http_proxy (the sidecar), NO_PROXY,"
                    + " BIND_ADDRESS and PORT (where to listen), and LATEEN_ADDRESS, LATEEN_NAME,"
                    + " LATEEN_SERVICE, LATEEN_VERSION, LATEEN_WORKLOAD, LATEEN_NAMESPACE."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  lateen run --service reviews --version v2 --port 9080 -- java -jar reviews.jar",
            "  lateen run --service shop --port 3000 --health http:/healthz -- npm start"
        })
public final class RunCommand implements Callable<Integer> {

    private static final Map<String, Integer> SIGNAL_NUMBERS =
            Map.of("HUP", 1, "INT", 2, "TERM", 15);

    private final Surroundings surroundings;

    @Option(
            names = "--service",
            required = true,
            paramLabel = "NAME",
            description = "The service that the application is a part of.")
    private String service = "";

    @Option(
            names = "--version",
            paramLabel = "VERSION",
            defaultValue = "v1",
            description = "Its version, a label that rules select. Default: ${DEFAULT-VALUE}.")
    private String version = "v1";

    @Option(
            names = "--port",
            required = true,
            paramLabel = "PORT",
            description = "The service's port, on which the application listens too.")
    private int port;

    @Option(
            names = "--protocol",
            paramLabel = "PROTOCOL",
            description = "http, http2, grpc, tcp, … Default: found out from the traffic.")
    private @Nullable String protocol;

    @Option(
            names = "--address",
            paramLabel = "ADDRESS",
            description = "A loopback address of its own. Default: the first free from 127.0.2.1.")
    private @Nullable String address;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAMESPACE",
            defaultValue = "default",
            description = "Default: ${DEFAULT-VALUE}.")
    private String namespace = "default";

    @Option(
            names = "--manager",
            paramLabel = "HOST:PORT",
            description =
                    "Where managers serve configuration, separated by commas. Default:"
                            + " LATEEN_MANAGER, else port 15012 beside the certificate authority,"
                            + " else 127.0.0.1:15010.")
    private @Nullable String manager;

    @Option(names = "--service-account", paramLabel = "NAME", description = "Whom it runs as.")
    private @Nullable String serviceAccount;

    @Option(names = "--label", paramLabel = "KEY=VALUE", description = "A further label.")
    private Map<String, String> labels = new LinkedHashMap<>();

    @Option(
            names = "--dependency",
            paramLabel = "SERVICE:PORT=ADDRESS:PORT",
            description = "Listen on an address of its own for calls to a service.")
    private List<String> dependencies = new ArrayList<>();

    @Option(
            names = "--health",
            paramLabel = "CHECK",
            defaultValue = "tcp",
            description =
                    "How to see that the application is up: tcp, http:/path or none. Default:"
                            + " ${DEFAULT-VALUE}.")
    private String health = "tcp";

    @Mixin private final IdentityOptions identity = new IdentityOptions();

    @Parameters(
            arity = "1..*",
            paramLabel = "COMMAND",
            description = "The application and its arguments, after --.")
    private List<String> command = new ArrayList<>();

    /** Uses the programs and the state folder of {@code surroundings}. */
    public RunCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        WorkloadPlan plan = plan();
        LoopbackAddresses.firstTaken(plan.address(), port)
                .ifPresent(
                        taken -> {
                            throw new CommandFailed(
                                    "%s:%d is in use by another program; stop it, or give another --address"
                                            .formatted(plan.address(), taken));
                        });
        Path state = surroundings.stateDirectory();
        Optional<Certificates> certificates = identity.find(surroundings, plan);
        ProcessLedger ledger =
                new ProcessLedger(
                        state.resolve("run").resolve(ProcessHandle.current().pid() + ".processes"));
        Workload workload =
                new Workload(
                        plan,
                        new Workload.Setting(
                                new Spawner(ledger),
                                surroundings.programs(),
                                managers(certificates),
                                certificates,
                                state,
                                state.resolve("log").resolve(plan.instance() + "-sidecar.log"),
                                Optional.empty(),
                                sentence ->
                                        surroundings.console().complain("lateen: " + sentence)));
        AtomicInteger endedBy = new AtomicInteger();
        Signals.listen(
                signal -> {
                    endedBy.compareAndSet(0, SIGNAL_NUMBERS.getOrDefault(signal, 0));
                    workload.signal(signal);
                });
        try {
            workload.start();
            return workload.awaitExit();
        } catch (IOException e) {
            if (endedBy.get() != 0) {
                return 128 + endedBy.get();
            }
            throw new CommandFailed(String.valueOf(e.getMessage()));
        } finally {
            ledger.clear();
        }
    }

    private String managers(Optional<Certificates> certificates) {
        return Optional.ofNullable(manager)
                .or(() -> surroundings.variable("LATEEN_MANAGER"))
                .or(() -> certificates.map(RunCommand::besideTheAuthority))
                .orElse("127.0.0.1:15010");
    }

    private static String besideTheAuthority(Certificates certificates) {
        String authority = certificates.authority();
        return authority.substring(0, authority.lastIndexOf(':')) + ":15012";
    }

    private WorkloadPlan plan() {
        String own =
                Optional.ofNullable(address)
                        .or(() -> LoopbackAddresses.firstFreeFor(port))
                        .orElseThrow(
                                () ->
                                        new CommandFailed(
                                                "no free address from 127.0.2.1 to 127.0.2.250; give one with --address"));
        return new WorkloadPlan(
                service,
                version,
                namespace,
                own,
                port,
                Optional.ofNullable(protocol),
                Optional.ofNullable(serviceAccount),
                labels,
                dependencies,
                health,
                command);
    }
}
