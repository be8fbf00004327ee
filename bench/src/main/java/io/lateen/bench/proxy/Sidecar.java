package io.lateen.bench.proxy;

import io.lateen.bench.control.Both;
import io.lateen.bench.control.CalledResources;
import io.lateen.bench.control.CallersResources;
import io.lateen.bench.control.CallersResources.Port;
import io.lateen.bench.control.CallersResources.Speech;
import io.lateen.bench.control.Resources;
import io.lateen.bench.control.StockControlPlane;
import io.lateen.bench.process.PinnedProcess;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Lateen's sidecars as they are shipped, the caller's and the called workload's, configured over
 * xDS in a mesh of a hundred services, metrics on as they always are.
 *
 * @param near the caller's
 * @param far the called workload's; the same one where a sidecar calls itself
 */
public record Sidecar(Launched near, Launched far, Credentials credentials, String version)
        implements SystemUnderTest {

    private static final int OTHER_SERVICES = 99;
    private static final int OUTBOUND_PORT = 15001;
    private static final int INBOUND_PORT = 15006;
    private static final int TLS_PORT = 8443;
    private static final InetSocketAddress BYTES =
            new InetSocketAddress(Addresses.CALLING_SIDECAR, 9083);

    /** A sidecar and whom it asks. */
    private record Launched(String address, PinnedProcess process, StockControlPlane controlPlane)
            implements AutoCloseable {

        static Launched start(
                Workbench workbench,
                List<String> options,
                InetSocketAddress control,
                String address,
                String workload,
                Resources told) {
            StockControlPlane controlPlane =
                    StockControlPlane.start(control, workbench.credentials().ofManager(), told);
            return new Launched(
                    address,
                    launch(workbench, workbench.oneCpu(), options, control, address, workload),
                    controlPlane);
        }

        static PinnedProcess launch(
                Workbench workbench,
                String cpus,
                List<String> options,
                InetSocketAddress control,
                String address,
                String workload) {
            return PinnedProcess.start(
                    "sidecar-" + workload,
                    cpus,
                    workbench.folder(),
                    Map.of("MALLOC_ARENA_MAX", "1"),
                    SidecarProgram.of(workbench.project())
                            .command(workbench, options, control, address, workload));
        }

        @Override
        public void close() {
            process.close();
            controlPlane.close();
        }
    }

    /** Starts them with the options, and the AOT cache if there is one, beside the jar. */
    public static Sidecar start(Workbench workbench) {
        SidecarProgram program = SidecarProgram.of(workbench.project());
        List<String> options = options(program);
        Launched near =
                Launched.start(
                        workbench,
                        options,
                        Addresses.CALLERS_CONTROL,
                        Addresses.CALLING_SIDECAR,
                        Credentials.CALLER,
                        callers(Addresses.CALLED_SIDECAR, Credentials.CALLED));
        Launched far =
                Launched.start(
                        workbench,
                        options,
                        Addresses.CALLED_CONTROL,
                        Addresses.CALLED_SIDECAR,
                        Credentials.CALLED,
                        called(Addresses.CALLED_SIDECAR));
        String cache = program.isTrained() ? "with AOT cache" : "without AOT cache";
        return new Sidecar(near, far, workbench.credentials(), "0.1.0 " + cache).awaited();
    }

    private static List<String> options(SidecarProgram program) {
        List<String> options = new ArrayList<>();
        options.add("@" + program.options());
        options.add("-XX:-UseDynamicNumberOfCompilerThreads");
        if (program.isTrained()) {
            options.add("-XX:AOTCache=" + program.cache());
        }
        return options;
    }

    /** Starts one that calls itself, with launcher options of one's own: training does. */
    public static Sidecar startAlone(Workbench workbench, List<String> launcherOptions) {
        String itself = Addresses.CALLING_SIDECAR;
        Launched alone =
                Launched.start(
                        workbench,
                        launcherOptions,
                        Addresses.CALLERS_CONTROL,
                        itself,
                        Credentials.CALLER,
                        new Both(callers(itself, Credentials.CALLER), called(itself)));
        return new Sidecar(alone, alone, workbench.credentials(), "in training").awaited();
    }

    private Sidecar awaited() {
        try {
            Readiness.await("the sidecar", to(Traffic.HTTP1).target(), near.process());
            Readiness.await("two sidecars", to(Traffic.CHAIN).target(), far.process());
            return this;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Ends the caller's, in order: training does. */
    public void stop(Duration patience) {
        var _ = near.process().stop(patience);
    }

    private static Resources callers(String calledAddress, String calledWorkload) {
        return new CallersResources(
                Addresses.CALLING_SIDECAR,
                Service.HOST,
                Service.PREFIX,
                new TreeMap<>(
                        Map.of(
                                Service.PORT,
                                new Port(Addresses.UPSTREAM, Speech.HTTP1, ""),
                                Service.HTTP2_PORT,
                                new Port(Addresses.UPSTREAM_HTTP2, Speech.HTTP2, ""),
                                Service.SECURED_PORT,
                                new Port(
                                        new InetSocketAddress(calledAddress, INBOUND_PORT),
                                        Speech.SECURED,
                                        Credentials.identity(calledWorkload)))),
                BYTES,
                OTHER_SERVICES);
    }

    private static Resources called(String address) {
        return new CalledResources(
                address,
                Credentials.identity(Credentials.CALLER),
                INBOUND_PORT,
                TLS_PORT,
                Addresses.UPSTREAM);
    }

    @Override
    public String name() {
        return "lateen";
    }

    @Override
    public Optional<Way> way(Traffic traffic) {
        return Optional.of(to(traffic));
    }

    private Way to(Traffic traffic) {
        InetSocketAddress outbound =
                new InetSocketAddress(Addresses.CALLING_SIDECAR, OUTBOUND_PORT);
        return switch (traffic) {
            case HTTP1 -> way(outbound, Service.PORT, traffic, near);
            case HTTP2, GRPC -> way(outbound, Service.HTTP2_PORT, traffic, near);
            case TCP -> way(BYTES, Service.PORT, traffic, near);
            case CHAIN -> way(outbound, Service.SECURED_PORT, traffic, near, far);
            case TLS -> way(calledAt(TLS_PORT), Service.PORT, traffic, far);
            case MTLS -> way(calledAt(INBOUND_PORT), Service.PORT, traffic, far);
        };
    }

    private Way way(InetSocketAddress address, int port, Traffic traffic, Launched... sidecars) {
        return new Way(
                SystemUnderTest.target(address, Service.HOST + ":" + port, traffic, credentials),
                Stream.of(sidecars).distinct().map(Launched::process).toList());
    }

    private InetSocketAddress calledAt(int port) {
        return new InetSocketAddress(far.address(), port);
    }

    @Override
    public Duration warmUp() {
        return Duration.ofSeconds(40);
    }

    @Override
    public void close() {
        near.close();
        far.close();
    }

    /** The caller's, without a manager: by the configuration that it kept. */
    @Override
    public Optional<Way> startAgain(Workbench workbench) {
        return Optional.of(
                new Way(
                        to(Traffic.HTTP1).target(),
                        List.of(
                                Launched.launch(
                                        workbench,
                                        workbench.allCpus(),
                                        options(SidecarProgram.of(workbench.project())),
                                        Addresses.CALLERS_CONTROL,
                                        Addresses.CALLING_SIDECAR,
                                        Credentials.CALLER))));
    }
}
