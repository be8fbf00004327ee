package io.lateen.bench.proxy;

import io.lateen.bench.load.Target;
import io.lateen.bench.process.PinnedProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** HAProxy with one thread, upstream connections reused and its Prometheus exporter switched on. */
public record Haproxy(PinnedProcess running, String version) implements SystemUnderTest {

    public static Haproxy start(Workbench workbench) {
        Path configuration = Commands.write(workbench.file("haproxy.cfg"), configuration());
        PinnedProcess process =
                PinnedProcess.start(
                        "haproxy",
                        workbench.proxyCpu(),
                        workbench.folder(),
                        Map.of(),
                        List.of("haproxy", "-db", "-f", configuration.toString()));
        Haproxy haproxy =
                new Haproxy(process, Commands.firstLine("haproxy", "-v").split(" ", -1)[2]);
        Readiness.await("haproxy", haproxy.target(), process);
        return haproxy;
    }

    private static String configuration() {
        return """
        global
            nbthread 1
            maxconn 4096
        defaults
            mode http
            timeout connect 5s
            timeout client 60s
            timeout server 60s
            option http-keep-alive
            http-reuse always
        frontend outbound
            bind %s
            http-request use-service prometheus-exporter if { path /metrics }
            use_backend reviews if { path_beg %s }
            default_backend other
        backend reviews
            server upstream %s
        backend other
            http-request return status 404
        """
                .formatted(
                        Addresses.text(Addresses.HAPROXY),
                        Service.PREFIX,
                        Addresses.text(Addresses.UPSTREAM));
    }

    @Override
    public String name() {
        return "haproxy";
    }

    @Override
    public Target target() {
        return new Target(Addresses.HAPROXY, Service.AUTHORITY);
    }

    @Override
    public Duration warmUp() {
        return Duration.ofSeconds(1);
    }

    @Override
    public Optional<PinnedProcess> process() {
        return Optional.of(running);
    }

    @Override
    public void close() {
        running.close();
    }
}
