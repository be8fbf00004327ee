package io.lateen.bench.proxy;

import io.lateen.bench.process.PinnedProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * HAProxy with one thread, upstream connections reused and its Prometheus exporter switched on; a
 * second one at the far end of a chain.
 */
public record Haproxy(
        PinnedProcess near, PinnedProcess far, Credentials credentials, String version)
        implements SystemUnderTest {

    private static final String FRAME =
            """
            global
                nbthread 1
                maxconn 4096
                ssl-default-bind-options ssl-min-ver TLSv1.2
            defaults
                mode http
                timeout connect 5s
                timeout client 60s
                timeout server 60s
                option http-keep-alive
                http-reuse always
            backend other
                http-request return status 404
            """;

    private static final String FRONTEND =
            """
            frontend %1$s
                bind %2$s
                http-request use-service prometheus-exporter if { path /metrics }
                use_backend %1$s_reviews if { path_beg %3$s }
                default_backend other
            backend %1$s_reviews
                server upstream %4$s
            """;

    public static Haproxy start(Workbench workbench) {
        PinnedProcess far = start(workbench, "haproxy-far", farEnd(workbench.credentials()));
        PinnedProcess near = start(workbench, "haproxy", nearEnd(workbench.credentials()));
        Haproxy haproxy =
                new Haproxy(
                        near,
                        far,
                        workbench.credentials(),
                        Commands.firstLine("haproxy", "-v").split(" ", -1)[2]);
        Readiness.await("haproxy", haproxy.to(Traffic.HTTP1).target(), near);
        Readiness.await("two haproxies", haproxy.to(Traffic.CHAIN).target(), far);
        return haproxy;
    }

    private static PinnedProcess start(Workbench workbench, String name, String configuration) {
        var _ = Commands.write(workbench.file(name + ".cfg"), FRAME + configuration);
        return launch(workbench, name, workbench.oneCpu());
    }

    private static PinnedProcess launch(Workbench workbench, String name, String cpus) {
        return PinnedProcess.start(
                name,
                cpus,
                workbench.folder(),
                Map.of(),
                List.of("haproxy", "-db", "-f", workbench.file(name + ".cfg").toString()));
    }

    private static String nearEnd(Credentials credentials) {
        StringBuilder text = new StringBuilder();
        String upstream = Addresses.text(Addresses.UPSTREAM);
        text.append(frontend(Traffic.HTTP1, "", upstream));
        text.append(
                frontend(
                        Traffic.HTTP2,
                        " proto h2",
                        Addresses.text(Addresses.UPSTREAM_HTTP2) + " proto h2"));
        text.append(
                frontend(
                        Traffic.GRPC,
                        " proto h2",
                        Addresses.text(Addresses.UPSTREAM_HTTP2) + " proto h2"));
        text.append(frontend(Traffic.TLS, " ssl crt " + called(credentials), upstream));
        text.append(frontend(Traffic.MTLS, mutual(credentials), upstream));
        text.append(
                frontend(
                        Traffic.CHAIN,
                        "",
                        Addresses.text(Addresses.farEnd(Addresses.HAPROXY))
                                + " ssl verify required ca-file "
                                + credentials.roots()
                                + " crt "
                                + credentials.both(Credentials.CALLER)));
        return text.append(
                        """
                        listen tcp
                            mode tcp
                            bind %s
                            server upstream %s
                        """
                                .formatted(bind(Traffic.TCP), upstream))
                .toString();
    }

    private static String farEnd(Credentials credentials) {
        return FRONTEND.formatted(
                "far",
                Addresses.text(Addresses.farEnd(Addresses.HAPROXY)) + mutual(credentials),
                Service.PREFIX,
                Addresses.text(Addresses.UPSTREAM));
    }

    private static String frontend(Traffic traffic, String how, String server) {
        return FRONTEND.formatted(traffic, bind(traffic) + how, Service.PREFIX, server);
    }

    private static String bind(Traffic traffic) {
        return Addresses.text(Addresses.of(Addresses.HAPROXY, traffic));
    }

    private static String mutual(Credentials credentials) {
        return " ssl crt "
                + called(credentials)
                + " verify required ca-file "
                + credentials.roots();
    }

    private static Path called(Credentials credentials) {
        return credentials.both(Credentials.CALLED);
    }

    @Override
    public String name() {
        return "haproxy";
    }

    @Override
    public Optional<Way> way(Traffic traffic) {
        return Optional.of(to(traffic));
    }

    private Way to(Traffic traffic) {
        return new Way(
                SystemUnderTest.target(
                        Addresses.of(Addresses.HAPROXY, traffic),
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
        PinnedProcess again = launch(workbench, "haproxy", workbench.allCpus());
        return Optional.of(new Way(to(Traffic.HTTP1).target(), List.of(again)));
    }
}
