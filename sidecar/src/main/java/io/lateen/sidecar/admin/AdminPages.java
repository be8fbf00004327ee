package io.lateen.sidecar.admin;

import io.lateen.sidecar.ads.ResourceType;
import io.lateen.sidecar.ads.XdsResource;
import io.lateen.sidecar.plan.LivePlan;
import io.lateen.sidecar.telemetry.Telemetry;
import io.lateen.sidecar.upstream.EndpointCount;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The pages of the admin server, of the metrics port and of the readiness port. */
public final class AdminPages {

    private final LivePlan live;
    private final Telemetry telemetry;
    private final Supplier<List<EndpointCount>> counts;
    private final Supplier<ServerState> info;
    private final ConfigDumpFactory dump;
    private final Ends ends;

    /**
     * @param counts what every loop does at its endpoints
     * @param resources those in force of a type
     * @param ends begin to end what is asked for
     */
    public AdminPages(
            LivePlan live,
            Telemetry telemetry,
            Supplier<List<EndpointCount>> counts,
            Supplier<ServerState> info,
            Function<ResourceType, List<XdsResource>> resources,
            Ends ends) {
        this.live = live;
        this.telemetry = telemetry;
        this.counts = counts;
        this.info = info;
        this.dump = new ConfigDumpFactory(resources);
        this.ends = ends;
    }

    /**
     * What can be brought to its end; both return at once.
     *
     * @param inbound ends what comes from others
     * @param everything ends the sidecar
     * @param token what whoever asks for it must show; empty when nobody may ask
     */
    public record Ends(Runnable inbound, Runnable everything, Optional<AdminToken> token) {

        Page guarding(Page page) {
            return AdminToken.guarding(token, page);
        }
    }

    /** Everything, on loopback alone. */
    public Map<String, Page> admin() {
        Map<String, Page> pages = new LinkedHashMap<>();
        pages.put("/", _ -> Page.Reply.text(HELP));
        pages.put("/help", _ -> Page.Reply.text(HELP));
        pages.put("/config_dump", _ -> Page.Reply.json(dump.all()));
        pages.put(
                "/clusters", _ -> Page.Reply.text(ClusterText.print(live.current(), counts.get())));
        pages.put("/listeners", _ -> Page.Reply.text(PlanText.listeners(live.current())));
        pages.put("/routes", _ -> Page.Reply.json(dump.of(ResourceType.ROUTES)));
        pages.put("/stats", _ -> Page.Reply.text(stats()));
        pages.put("/ready", this::ready);
        pages.put("/server_info", _ -> Page.Reply.json(info.get().json()));
        pages.put("/logging", AdminPages::logging);
        pages.put("/drain", Page.changing(ends.guarding(_ -> begin(ends.inbound()))));
        pages.put("/drain_listeners", this::drainListeners);
        pages.put("/quitquitquit", Page.changing(ends.guarding(_ -> begin(ends.everything()))));
        pages.putAll(metrics());
        return pages;
    }

    /** For Prometheus. */
    public Map<String, Page> metrics() {
        return Map.of("/stats/prometheus", this::prometheus);
    }

    /** For whoever starts the application. */
    public Map<String, Page> readiness() {
        return Map.of("/healthz/ready", this::ready);
    }

    private Page.Reply prometheus(Page.Ask ask) {
        boolean openMetrics = ask.accept().contains("application/openmetrics-text");
        return new Page.Reply(
                200,
                openMetrics
                        ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
                        : "text/plain; version=0.0.4; charset=utf-8",
                telemetry.scrape(openMetrics));
    }

    private String stats() {
        return telemetry
                .scrape(false)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(
                        line ->
                                line.substring(0, line.lastIndexOf(' '))
                                        + ": "
                                        + line.substring(line.lastIndexOf(' ') + 1))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private Page.Reply ready(Page.Ask ask) {
        String state = info.get().state();
        return Page.Reply.text(state.equals("LIVE") ? 200 : 503, state + "\n");
    }

    private static Page.Reply logging(Page.Ask ask) {
        if (ask.parameters().isEmpty()) {
            return Page.Reply.text(LogLevels.list());
        }
        return Page.changing(
                        _ -> {
                            for (Map.Entry<String, String> each : ask.parameters().entrySet()) {
                                // Envoy's form: ?level= for all, ?<logger>= for one.
                                String logger = each.getKey().equals("level") ? "" : each.getKey();
                                var wrong = LogLevels.change(logger, each.getValue());
                                if (wrong.isPresent()) {
                                    return Page.Reply.text(400, wrong.get() + "\n");
                                }
                            }
                            return Page.Reply.text(LogLevels.list());
                        })
                .serve(ask);
    }

    /** Envoy's name; of its forms the one that lets an application end. */
    private Page.Reply drainListeners(Page.Ask ask) {
        if (ask.method().equals("GET")) {
            return Page.Reply.text(info.get().state() + "\n");
        }
        return ends.guarding(
                        _ ->
                                ask.parameter("inboundonly").isPresent()
                                        ? begin(ends.inbound())
                                        : Page.Reply.text(
                                                400,
                                                "found no inboundonly, expected it; /quitquitquit"
                                                        + " ends everything\n"))
                .serve(ask);
    }

    private static Page.Reply begin(Runnable drain) {
        drain.run();
        return Page.Reply.text("OK\n");
    }

    private static final String HELP =
            """
            Lateen sidecar

            /config_dump        the xDS resources in force, as received (JSON; secrets masked)
            /clusters           clusters and their endpoints: health, connections, requests
            /listeners          sockets
            /routes             route tables (JSON)
            /stats              metrics, one a line
            /stats/prometheus   metrics for Prometheus; OpenMetrics if asked for
            /ready              200 LIVE when it carries traffic
            /server_info        version, state, revision in force, age of the configuration (JSON)
            /logging            levels; POST /logging?level=debug or ?<logger>=debug changes them
            /drain              POST: the workload leaves the mesh, its own calls go on
            /drain_listeners    POST ?inboundonly: the same;
                                GET: DRAINED when no request to the workload is left
            /quitquitquit       POST: the sidecar ends when the application has gone
                                (POSTs of these three need Authorization: Bearer and the text of
                                admin-token in the state directory)
            /help               this page
            """;
}
