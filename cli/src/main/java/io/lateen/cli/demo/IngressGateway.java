package io.lateen.cli.demo;

import io.lateen.cli.process.KeptAlive;
import io.lateen.cli.process.ProcessPlan;
import io.lateen.cli.process.RunningProcess;
import io.lateen.cli.workload.Certificates;
import io.lateen.cli.workload.Programs;
import io.lateen.cli.workload.SidecarProbe;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The way in from outside: a sidecar in router mode, which listens on the ports that the Gateways
 * selecting {@code istio: ingressgateway} name.
 */
final class IngressGateway {

    static final String NAMESPACE = "istio-system";
    static final String SERVICE_ACCOUNT = "istio-ingressgateway-service-account";

    private static final Duration READY_WITHIN = Duration.ofMinutes(1);
    private static final Duration GRACE = Duration.ofSeconds(15);

    private final String address;
    private final StateFolder state;
    private final KeptAlive process;

    /**
     * @param manager where managers are
     */
    IngressGateway(Hosting hosting, String manager, Certificates certificates) {
        this.address = hosting.addresses().ingress();
        this.state = hosting.state();
        Programs programs = hosting.programs();
        List<String> command = new ArrayList<>(programs.command(Programs.Program.SIDECAR));
        command.addAll(List.of("--mode", "router"));
        command.addAll(List.of("--manager", manager));
        command.addAll(List.of("--address", address));
        command.addAll(List.of("--namespace", NAMESPACE));
        command.addAll(List.of("--workload", "istio-ingressgateway"));
        command.addAll(List.of("--name", "istio-ingressgateway-" + address));
        command.addAll(List.of("--labels", "app=istio-ingressgateway,istio=ingressgateway"));
        command.addAll(List.of("--service-account", SERVICE_ACCOUNT));
        command.addAll(certificates.sidecarArguments());
        command.addAll(List.of("--state-directory", sidecarState().toString()));
        // Whoever tries TLS puts a certificate there; nothing needs it before.
        command.addAll(List.of("--credentials", state.path().resolve("credentials").toString()));
        this.process =
                new KeptAlive(
                        hosting.spawner(),
                        ProcessPlan.logged(
                                "ingress gateway",
                                command,
                                Map.of("MALLOC_ARENA_MAX", "1"),
                                state.log("ingressgateway")),
                        hosting.report(),
                        certificates.fresh());
    }

    private Path sidecarState() {
        return state.path().resolve("sidecars/istio-ingressgateway");
    }

    void start() throws IOException, InterruptedException {
        RunningProcess first = process.start();
        try {
            new SidecarProbe(address, sidecarState())
                    .awaitReady(READY_WITHIN, () -> !first.isAlive());
            process.keepAlive();
        } catch (IOException e) {
            throw new IOException(
                    "the ingress gateway is not ready (%s); see %s"
                            .formatted(e.getMessage(), state.log("ingressgateway")),
                    e);
        }
    }

    void stop() {
        process.stop("TERM", GRACE);
    }
}
