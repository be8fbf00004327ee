package io.lateen.sidecar;

import io.lateen.model.naming.ProxyType;
import io.lateen.sidecar.ads.ManagerAddress;
import io.lateen.sidecar.ads.NodeDescription;
import io.lateen.sidecar.health.Probe;
import io.lateen.sidecar.plan.ProxyHeaders;
import io.lateen.sidecar.plan.SocketPlan;
import io.lateen.sidecar.telemetry.AccessLog;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a sidecar is to run. Read by {@link SettingsParser} from flags and environment.
 *
 * @param type beside a workload, or at the edge
 * @param managers whom to ask for configuration; at least one
 * @param address where it listens, and what its endpoints are known by
 * @param node what the manager is told
 * @param dependencies sockets that stand for services
 * @param probe how the application's health is asked
 * @param concurrency event loops, 1 to 64
 * @param stateDirectory where the last good configuration is kept; empty for nowhere
 * @param identity where the workload's certificate comes from; empty for a workload without one
 * @param outside where certificates for those outside the mesh are
 * @param accessLog where access records go; empty for nowhere
 * @param reasonHeader whether answers of the sidecar's own say why in {@code x-lateen-reason}
 * @param http10 whether HTTP/1.0 is answered on ports declared as HTTP
 * @param proxyHeaders that connections to a gateway begin with a PROXY header; empty when they do
 *     not
 * @param logLevel of the sidecar's own log
 * @param maxConnections of clients at a time, 1 to 1,000,000; empty for what the process may hold
 * @param propagation how long, at the end, it waits for others to know of it, 0 for not at all
 * @param drain how long work under way may take when the sidecar ends
 * @param applicationGrace how long, at the end, the application's own calls go on while it is there
 */
public record Settings(
        ProxyType type,
        List<ManagerAddress> managers,
        InetAddress address,
        NodeDescription node,
        List<SocketPlan> dependencies,
        Probe probe,
        int concurrency,
        Optional<Path> stateDirectory,
        Optional<OwnIdentity> identity,
        OutsideFiles outside,
        Optional<AccessLogTarget> accessLog,
        boolean reasonHeader,
        boolean http10,
        Optional<ProxyHeaders> proxyHeaders,
        LogLevel logLevel,
        OptionalInt maxConnections,
        Duration propagation,
        Duration drain,
        Duration applicationGrace) {

    public Settings {
        managers = List.copyOf(managers);
        dependencies = List.copyOf(dependencies);
    }

    /**
     * Where certificates for those outside the mesh are.
     *
     * @param credentials a folder that holds one for each {@code credentialName}; empty for none
     * @param roots PEM, the authorities that the system trusts; empty for where it usually keeps
     *     them
     */
    public record OutsideFiles(Optional<Path> credentials, Optional<Path> roots) {}

    /**
     * Where access records go.
     *
     * @param file empty for the standard output
     */
    public record AccessLogTarget(AccessLog.Format format, Optional<Path> file) {}

    /** The words for how much is logged. */
    public enum LogLevel {
        TRACE,
        DEBUG,
        INFO,
        WARN,
        ERROR
    }
}
