package io.lateen.bench.proxy;

import io.lateen.bench.process.PinnedProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The service behind every system: nginx with fixed JSON answers, on the load's CPU. */
public record Upstream(PinnedProcess running) implements AutoCloseable {

    public static Upstream start(Workbench workbench) {
        Path configuration = NginxConfiguration.write(workbench, "upstream", servers());
        PinnedProcess process =
                PinnedProcess.start(
                        "upstream",
                        workbench.loadCpu(),
                        workbench.folder(),
                        Map.of(),
                        List.of("nginx", "-c", configuration.toString()));
        Readiness.await("the upstream", new Direct().target(), process);
        return new Upstream(process);
    }

    private static String servers() {
        return """
        server {
            listen %s;
            default_type application/json;
            add_header x-envoy-upstream-service-time 3;
            add_header cache-control no-store;
            location = %s { return 200 '%s'; }
            location = %s {
                set $kibibyte '%s';
                return 200 '%s';
            }
        }
        """
                .formatted(
                        Addresses.text(Addresses.UPSTREAM),
                        Service.SMALL,
                        json("", 1024),
                        Service.LARGE,
                        "x".repeat(1024),
                        json("${kibibyte}".repeat(9), 1024));
    }

    /**
     * {@code bytes} of JSON around {@code filling}, which nginx, limited to 4 KiB a word, expands.
     */
    private static String json(String filling, int bytes) {
        String frame = "{\"reviews\":\"\"}";
        return "{\"reviews\":\"" + filling + "x".repeat(bytes - frame.length()) + "\"}";
    }

    @Override
    public void close() {
        running.close();
    }
}
