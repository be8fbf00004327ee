package io.lateen.bench.proxy;

import io.lateen.bench.gateway.GatewayApplication;
import io.lateen.bench.load.Target;
import io.lateen.bench.process.PinnedProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.cloud.gateway.route.RouteLocator;

/** Spring Cloud Gateway (WebFlux) with one event loop and Prometheus metrics per route. */
public record SpringCloudGateway(PinnedProcess running, String version) implements SystemUnderTest {

    private static PinnedProcess launch(Workbench workbench, String cpus) {
        List<String> command =
                List.of(
                        workbench.java().toString(),
                        "-XX:+UseSerialGC",
                        "-Xms256m",
                        "-Xmx256m",
                        "-XX:-UseDynamicNumberOfCompilerThreads",
                        "-Dreactor.netty.ioWorkerCount=1",
                        "-cp",
                        // The bench's own jar, which names the rest in its manifest.
                        Path.of(System.getProperty("java.class.path")).toAbsolutePath().toString(),
                        GatewayApplication.class.getName(),
                        "--server.address=" + Addresses.GATEWAY.getAddress().getHostAddress(),
                        "--server.port=" + Addresses.GATEWAY.getPort(),
                        "--bench.prefix=" + Service.PREFIX,
                        "--bench.upstream=http://" + Addresses.text(Addresses.UPSTREAM),
                        "--spring.cloud.gateway.server.webflux.metrics.enabled=true",
                        "--management.endpoints.web.exposure.include=prometheus",
                        // Made for Boot 4.0; the check would refuse 4.1 although it runs.
                        "--spring.cloud.compatibility-verifier.enabled=false",
                        "--spring.main.banner-mode=off");
        return PinnedProcess.start(
                "spring-cloud-gateway", cpus, workbench.folder(), Map.of(), command);
    }

    public static SpringCloudGateway start(Workbench workbench) {
        PinnedProcess process = launch(workbench, workbench.oneCpu());
        SpringCloudGateway gateway =
                new SpringCloudGateway(
                        process,
                        Objects.requireNonNullElse(
                                RouteLocator.class.getPackage().getImplementationVersion(),
                                "unknown"));
        Readiness.await("Spring Cloud Gateway", gateway.to().target(), process);
        return gateway;
    }

    @Override
    public String name() {
        return "spring-cloud-gateway";
    }

    @Override
    public Optional<Way> way(Traffic traffic) {
        return traffic == Traffic.HTTP1 ? Optional.of(to()) : Optional.empty();
    }

    private Way to() {
        return new Way(new Target(Addresses.GATEWAY, Service.AUTHORITY), List.of(running));
    }

    @Override
    public Duration warmUp() {
        return Duration.ofSeconds(30);
    }

    @Override
    public void close() {
        running.close();
    }

    @Override
    public Optional<Way> startAgain(Workbench workbench) {
        return Optional.of(new Way(to().target(), List.of(launch(workbench, workbench.allCpus()))));
    }
}
