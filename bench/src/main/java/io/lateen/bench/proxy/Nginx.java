package io.lateen.bench.proxy;

import io.lateen.bench.load.Target;
import io.lateen.bench.process.PinnedProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** nginx as a proxy: one worker, upstream connections kept, its status page switched on. */
public record Nginx(PinnedProcess running, String version) implements SystemUnderTest {

    public static Nginx start(Workbench workbench) {
        Path configuration = NginxConfiguration.write(workbench, "nginx", servers());
        PinnedProcess process =
                PinnedProcess.start(
                        "nginx",
                        workbench.proxyCpu(),
                        workbench.folder(),
                        Map.of(),
                        List.of("nginx", "-c", configuration.toString()));
        Nginx nginx = new Nginx(process, Commands.firstLine("nginx", "-v").replaceAll(".*/", ""));
        Readiness.await("nginx", nginx.target(), process);
        return nginx;
    }

    private static String servers() {
        return """
        upstream reviews {
            server %s;
            keepalive 128;
            keepalive_requests 1000000000;
        }
        server {
            listen %s;
            location = /metrics { stub_status; }
            location %s {
                proxy_http_version 1.1;
                proxy_set_header Connection "";
                proxy_set_header Host $http_host;
                proxy_pass http://reviews;
            }
            location / { return 404; }
        }
        """
                .formatted(
                        Addresses.text(Addresses.UPSTREAM),
                        Addresses.text(Addresses.NGINX),
                        Service.PREFIX);
    }

    @Override
    public String name() {
        return "nginx";
    }

    @Override
    public Target target() {
        return new Target(Addresses.NGINX, Service.AUTHORITY);
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
