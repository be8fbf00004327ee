package io.lateen.cli.demo;

import io.lateen.cli.workload.Authority;
import io.lateen.cli.workload.Certificates;
import io.lateen.cli.workload.Programs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The programs that steer the mesh, all on one address. They share the state folder, so that one
 * administrator's token is good for each. Started and stopped by one thread.
 */
final class ControlPlane {

    private final Hosting hosting;
    private final String address;
    private final String databaseUrl;
    private final Authority authority;

    /** In the order in which they were started; stopped from its end. */
    private final List<ServerProcess> running = new ArrayList<>();

    ControlPlane(Hosting hosting, String databaseUrl) {
        this.hosting = hosting;
        this.address = hosting.addresses().control();
        this.databaseUrl = databaseUrl;
        this.authority = new Authority(address, hosting.state().path());
    }

    /** Where the manager's REST API is. */
    String manager() {
        return url(LoopbackPlan.REST_PORT);
    }

    /** Where the portal's page is. */
    String portal() {
        return url(LoopbackPlan.PORTAL_PORT);
    }

    /** Where sidecars find the manager. */
    String xds() {
        return address + ":" + LoopbackPlan.XDS_TLS_PORT;
    }

    /** Who gives everyone their certificates. */
    Authority authority() {
        return authority;
    }

    /** Starts them and returns when each is healthy. */
    void start() throws IOException, InterruptedException {
        new ServiceTokens(hosting.state()).ensure("mixer.viewer");
        hosting.report().accept("starting the certificate authority");
        startAtOnce(
                List.of(
                        plan(
                                "auth-ca",
                                Programs.Program.AUTH_CA,
                                Authority.REST_PORT,
                                authorityArguments())));
        authority.keepRoots();
        hosting.report().accept("starting the manager, the mixer and the portal");
        startAtOnce(
                List.of(
                        plan(
                                "manager",
                                Programs.Program.MANAGER,
                                LoopbackPlan.HEALTH_PORT,
                                managerArguments()),
                        plan(
                                "mixer",
                                Programs.Program.MIXER,
                                LoopbackPlan.MIXER_REST_PORT,
                                mixerArguments()),
                        plan(
                                "portal",
                                Programs.Program.PORTAL,
                                LoopbackPlan.PORTAL_PORT,
                                portalArguments())));
    }

    private List<String> authorityArguments() {
        return List.of(
                "--server.port=" + Authority.REST_PORT,
                "--lateen.grpc-address=" + address,
                "--lateen.grpc-port=" + Authority.GRPC_PORT);
    }

    private List<String> managerArguments() {
        return List.of(
                "--server.port=" + LoopbackPlan.REST_PORT,
                "--management.server.port=" + LoopbackPlan.HEALTH_PORT,
                "--lateen.xds-address=" + address,
                "--lateen.xds-port=" + LoopbackPlan.XDS_PORT,
                "--lateen.xds-tls-port=" + LoopbackPlan.XDS_TLS_PORT,
                "--lateen.manager-id=" + address,
                "--lateen.access.service-tokens-folder=" + ServiceTokens.folder(hosting.state()),
                "--lateen.mixer.address=" + address + ":" + LoopbackPlan.MIXER_GRPC_PORT);
    }

    private List<String> mixerArguments() {
        return List.of(
                "--server.port=" + LoopbackPlan.MIXER_REST_PORT,
                "--lateen.grpc-address=" + address,
                "--lateen.grpc-port=" + LoopbackPlan.MIXER_GRPC_PORT,
                "--lateen.manager.url=" + manager(),
                "--lateen.manager.token-file="
                        + ServiceTokens.folder(hosting.state()).resolve("mixer.viewer"));
    }

    private List<String> portalArguments() {
        return List.of(
                "--server.port=" + LoopbackPlan.PORTAL_PORT,
                "--lateen.portal.address=" + address,
                "--lateen.portal.public-url=" + portal(),
                "--lateen.portal.manager-url=" + manager(),
                "--lateen.portal.mixer-url=" + url(LoopbackPlan.MIXER_REST_PORT),
                "--lateen.portal.auth-ca-url=" + url(Authority.REST_PORT));
    }

    private ServerProcess.Plan plan(
            String name, Programs.Program program, int healthPort, List<String> own) {
        List<String> arguments = new ArrayList<>(own);
        arguments.add("--lateen.state-directory=" + hosting.state().path());
        if (program != Programs.Program.PORTAL) {
            // The portal has no REST of its own; it signs what the others check.
            arguments.add("--lateen.rest-address=" + address);
            arguments.add("--lateen.access.jwks-uri=" + portal() + "/.well-known/jwks.json");
        }
        // In the environment, where other users of this host cannot read the password.
        Map<String, String> environment =
                Map.of("LATEEN_DATABASE_URL", databaseUrl, "MALLOC_ARENA_MAX", "2");
        return new ServerProcess.Plan(
                name, program, arguments, environment, healthPort, certificates(program));
    }

    /** The authority has its own, and the portal speaks to programs on this host alone. */
    private Optional<Certificates> certificates(Programs.Program program) {
        return switch (program) {
            case MANAGER -> Optional.of(ofSystem("lateen-manager"));
            case MIXER -> Optional.of(ofSystem("lateen-mixer"));
            case AUTH_CA, PORTAL, SIDECAR, SAMPLES -> Optional.empty();
        };
    }

    private Certificates ofSystem(String serviceAccount) {
        return authority.certificates(serviceAccount, "lateen-system", serviceAccount);
    }

    private void startAtOnce(List<ServerProcess.Plan> plans)
            throws IOException, InterruptedException {
        List<AllAtOnce.Step> starts = new ArrayList<>();
        for (ServerProcess.Plan plan : plans) {
            ServerProcess process = new ServerProcess(hosting, plan);
            running.add(process);
            starts.add(process::start);
        }
        AllAtOnce.run(starts);
    }

    private String url(int port) {
        return "http://%s:%d".formatted(address, port);
    }

    /** Stops them, the last one first. */
    void stop() {
        for (ServerProcess process : running.reversed()) {
            process.stop();
        }
    }
}
