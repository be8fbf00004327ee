package io.lateen.bench.proxy;

import io.lateen.bench.control.OneServiceMesh;
import io.lateen.bench.control.StockControlPlane;
import io.lateen.bench.load.Target;
import io.lateen.bench.process.PinnedProcess;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lateen's sidecar as it is shipped, configured over xDS, metrics on as they always are. */
public record Sidecar(PinnedProcess running, StockControlPlane controlPlane, String version)
        implements SystemUnderTest {

    private static final Target OUTBOUND =
            new Target(new InetSocketAddress(Addresses.SIDECAR, 15001), Service.AUTHORITY);

    /** Starts it with the options, and the AOT cache if there is one, that stand beside the jar. */
    public static Sidecar start(Workbench workbench) {
        SidecarProgram program = SidecarProgram.of(workbench.project());
        List<String> options = new ArrayList<>();
        options.add("@" + program.options());
        options.add("-XX:-UseDynamicNumberOfCompilerThreads");
        if (program.isTrained()) {
            options.add("-XX:AOTCache=" + program.cache());
        }
        String cache = program.isTrained() ? "with AOT cache" : "without AOT cache";
        return start(workbench, options, "0.1.0 " + cache);
    }

    /** Starts it with {@code launcherOptions} of one's own: training does. */
    public static Sidecar start(Workbench workbench, List<String> launcherOptions, String version) {
        SidecarProgram program = SidecarProgram.of(workbench.project());
        StockControlPlane controlPlane =
                StockControlPlane.start(
                        Addresses.CONTROL_PLANE,
                        new OneServiceMesh(
                                Addresses.SIDECAR,
                                Service.HOST,
                                Service.PORT,
                                Service.PREFIX,
                                Addresses.UPSTREAM));
        try {
            PinnedProcess process =
                    PinnedProcess.start(
                            "sidecar",
                            workbench.proxyCpu(),
                            workbench.folder(),
                            Map.of("MALLOC_ARENA_MAX", "1"),
                            program.command(workbench, launcherOptions));
            Readiness.await("the sidecar", OUTBOUND, process);
            return new Sidecar(process, controlPlane, version);
        } catch (RuntimeException e) {
            controlPlane.close();
            throw e;
        }
    }

    @Override
    public String name() {
        return "lateen";
    }

    @Override
    public Target target() {
        return OUTBOUND;
    }

    @Override
    public Duration warmUp() {
        return Duration.ofSeconds(20);
    }

    @Override
    public Optional<PinnedProcess> process() {
        return Optional.of(running);
    }

    @Override
    public void close() {
        running.close();
        controlPlane.close();
    }
}
