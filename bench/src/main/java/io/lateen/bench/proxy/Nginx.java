package io.lateen.bench.proxy;

import io.lateen.bench.process.PinnedProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * nginx as a proxy: one worker, upstream connections kept, its status page switched on; a second
 * one at the far end of a chain. It speaks HTTP/2 to clients alone, and to upstreams of gRPC.
 */
public record Nginx(PinnedProcess near, PinnedProcess far, Credentials credentials, String version)
        implements SystemUnderTest {

    private static final String PLAIN_PASS =
            """
            proxy_http_version 1.1;
                    proxy_set_header Connection "";
                    proxy_set_header Host $http_host;
                    proxy_pass http://reviews;""";

    public static Nginx start(Workbench workbench) {
        Credentials credentials = workbench.credentials();
        PinnedProcess far = start(workbench, "nginx-far", farEnd(credentials), "");
        PinnedProcess near = start(workbench, "nginx", nearEnd(credentials), stream());
        Nginx nginx =
                new Nginx(
                        near,
                        far,
                        credentials,
                        Commands.firstLine("nginx", "-v").replaceAll(".*/", ""));
        Readiness.await("nginx", nginx.to(Traffic.HTTP1).target(), near);
        Readiness.await("two nginx", nginx.to(Traffic.CHAIN).target(), far);
        return nginx;
    }

    private static PinnedProcess start(
            Workbench workbench, String name, String servers, String stream) {
        var _ = NginxConfiguration.write(workbench, name, servers, stream);
        return launch(workbench, name, workbench.oneCpu());
    }

    private static PinnedProcess launch(Workbench workbench, String name, String cpus) {
        return PinnedProcess.start(
                name,
                cpus,
                workbench.folder(),
                Map.of(),
                List.of("nginx", "-c", workbench.file(name + ".conf").toString()));
    }

    private static String nearEnd(Credentials credentials) {
        return upstream("reviews", Addresses.text(Addresses.UPSTREAM))
                + upstream("reviews_http2", Addresses.text(Addresses.UPSTREAM_HTTP2))
                + upstream("far", Addresses.text(Addresses.farEnd(Addresses.NGINX)))
                + server(Traffic.HTTP1, "", "", PLAIN_PASS)
                + server(Traffic.HTTP2, " http2", "", PLAIN_PASS)
                + server(Traffic.GRPC, " http2", "", "grpc_pass grpc://reviews_http2;")
                + server(Traffic.TLS, " ssl", certificate(credentials), PLAIN_PASS)
                + server(
                        Traffic.MTLS,
                        " ssl",
                        certificate(credentials) + mutual(credentials),
                        PLAIN_PASS)
                + server(
                        Traffic.CHAIN,
                        "",
                        """
                        proxy_ssl_certificate %s;
                            proxy_ssl_certificate_key %s;
                            proxy_ssl_trusted_certificate %s;
                            proxy_ssl_protocols TLSv1.2 TLSv1.3;
                        """
                                .formatted(
                                        credentials.chain(Credentials.CALLER),
                                        credentials.key(Credentials.CALLER),
                                        credentials.roots()),
                        PLAIN_PASS.replace("http://reviews", "https://far"));
    }

    private static String farEnd(Credentials credentials) {
        return upstream("reviews", Addresses.text(Addresses.UPSTREAM))
                + server(
                        Addresses.text(Addresses.farEnd(Addresses.NGINX)) + " ssl",
                        certificate(credentials) + mutual(credentials),
                        PLAIN_PASS);
    }

    private static String stream() {
        return """
        stream {
            server {
                listen %s;
                proxy_pass %s;
            }
        }
        """
                .formatted(
                        Addresses.text(Addresses.of(Addresses.NGINX, Traffic.TCP)),
                        Addresses.text(Addresses.UPSTREAM));
    }

    private static String upstream(String name, String address) {
        return """
        upstream %s {
            server %s;
            keepalive 128;
            keepalive_requests 1000000000;
        }
        """
                .formatted(name, address);
    }

    private static String server(Traffic traffic, String how, String settings, String pass) {
        return server(Addresses.text(Addresses.of(Addresses.NGINX, traffic)) + how, settings, pass);
    }

    private static String server(String listen, String settings, String pass) {
        return """
        server {
            listen %s;
            %s
            location = /metrics { stub_status; }
            location %s {
                %s
            }
            location / { return 404; }
        }
        """
                .formatted(listen, settings, Service.PREFIX, pass);
    }

    private static String certificate(Credentials credentials) {
        return """
        ssl_certificate %s;
            ssl_certificate_key %s;
            ssl_protocols TLSv1.2 TLSv1.3;
            ssl_session_cache shared:sessions:1m;
        """
                .formatted(
                        credentials.chain(Credentials.CALLED), credentials.key(Credentials.CALLED));
    }

    private static String mutual(Credentials credentials) {
        return """
            ssl_verify_client on;
            ssl_client_certificate %s;
        """
                .formatted(credentials.roots());
    }

    @Override
    public String name() {
        return "nginx";
    }

    @Override
    public Optional<Way> way(Traffic traffic) {
        return Optional.of(to(traffic));
    }

    private Way to(Traffic traffic) {
        return new Way(
                SystemUnderTest.target(
                        Addresses.of(Addresses.NGINX, traffic),
                        Service.AUTHORITY,
                        traffic,
                        credentials),
                traffic == Traffic.CHAIN ? List.of(near, far) : List.of(near));
    }

    @Override
    public Duration warmUp() {
        return Duration.ofSeconds(1);
    }

    @Override
    public void close() {
        near.close();
        far.close();
    }

    @Override
    public Optional<Way> startAgain(Workbench workbench) {
        PinnedProcess again = launch(workbench, "nginx", workbench.allCpus());
        return Optional.of(new Way(to(Traffic.HTTP1).target(), List.of(again)));
    }
}
