package io.lateen.bench.proxy;

import io.lateen.bench.process.PinnedProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The service behind every system: nginx with fixed JSON answers, on the load's CPU. By HTTP/2 it
 * also answers calls of gRPC, with a message of 1 KiB and the trailer {@code grpc-status}.
 */
public record Upstream(PinnedProcess running) implements AutoCloseable {

    /** Not compressed, 1,024 bytes. */
    private static final String FRAME = "\0\0\0\4\0";

    public static Upstream start(Workbench workbench) {
        Commands.write(workbench.file("answer.grpc"), FRAME + "x".repeat(1024));
        Path configuration =
                NginxConfiguration.write(workbench, "upstream", servers(workbench), "");
        PinnedProcess process =
                PinnedProcess.start(
                        "upstream",
                        Integer.toString(workbench.loadCpu()),
                        workbench.folder(),
                        Map.of(),
                        List.of("nginx", "-c", configuration.toString()));
        Readiness.await(
                "the upstream", new Direct().way(Traffic.HTTP1).orElseThrow().target(), process);
        return new Upstream(process);
    }

    private static String servers(Workbench workbench) {
        String answers =
                """
                    default_type application/json;
                    add_header x-envoy-upstream-service-time 3;
                    add_header cache-control no-store;
                    location = %s { return 200 '%s'; }
                    location = %s {
                        set $kibibyte '%s';
                        return 200 '%s';
                    }
                """
                        .formatted(
                                Service.SMALL,
                                json("", 1024),
                                Service.LARGE,
                                "x".repeat(1024),
                                json("${kibibyte}".repeat(9), 1024));
        return """
        server {
            listen %s;
        %s
        }
        open_file_cache max=16;
        server {
            listen %s http2;
            http2_max_concurrent_streams 1024;
        %s
            # A file answers GET alone; a redirect within makes one of a call.
            location = %s { error_page 405 =200 /answer.grpc; return 405; }
            location = /answer.grpc {
                root %s;
                default_type application/grpc;
                add_trailer grpc-status 0 always;
            }
        }
        """
                .formatted(
                        Addresses.text(Addresses.UPSTREAM),
                        answers,
                        Addresses.text(Addresses.UPSTREAM_HTTP2),
                        answers,
                        Service.CALL,
                        workbench.folder());
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
