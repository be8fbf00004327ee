package io.lateen.portal.mesh;

import io.lateen.portal.backend.Backend;
import io.lateen.portal.caller.Grants;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the backends know, each thing read at most once a second however many pages are open.
 * Whoever shows it cuts it to what the caller may see. Blocks. Thread-safe.
 */
public final class MeshReadings {
    private static final Duration MOMENT = Duration.ofMillis(900);
    private static final Duration LONGER = Duration.ofSeconds(5);
    private static final int WRITES = 20;

    private final BackendReader reader;
    private final Clock clock;
    private final Reading<List<Proxy>> proxies;
    private final Reading<List<MeshService>> services;
    private final Reading<Rules> rules;
    private final Reading<List<Write>> writes;
    private final Reading<List<Certificate>> certificates;
    private final Map<TrafficWindow, Reading<Traffic>> traffic = new ConcurrentHashMap<>();

    MeshReadings(BackendReader reader, Clock clock) {
        this.reader = reader;
        this.clock = clock;
        this.proxies = reading("/lateen/v1/proxies", MeshJson::proxies);
        this.services = reading("/lateen/v1/services", MeshJson::services);
        this.writes = reading("/lateen/v1/history?limit=" + WRITES, MeshJson::writes);
        this.rules =
                new Reading<>(
                        () -> new Rules(rules("virtualservices"), rules("destinationrules")),
                        MOMENT,
                        clock);
        this.certificates =
                new Reading<>(
                        () ->
                                newest(
                                        MeshJson.certificates(
                                                reader.read(
                                                        Backend.AUTH_CA,
                                                        "/lateen/v1/certificates"))),
                        LONGER,
                        clock);
    }

    /** Every connected sidecar and gateway. */
    public Optional<List<Proxy>> proxies() {
        return proxies.current();
    }

    /** Every service. */
    public Optional<List<MeshService>> services() {
        return services.current();
    }

    /** The rules that say where traffic goes. */
    public Optional<Rules> rules() {
        return rules.current();
    }

    /** The last writes of rules, newest first; writes of a status are none. */
    public Optional<List<Write>> writes() {
        return writes.current()
                .map(
                        all ->
                                all.stream()
                                        .filter(write -> !write.action().equals("STATUS"))
                                        .toList());
    }

    /** Each identity's newest certificate. */
    public Optional<List<Certificate>> certificates() {
        return certificates.current();
    }

    /** Who called whom in a window. */
    public Optional<Traffic> traffic(TrafficWindow window) {
        return traffic.computeIfAbsent(
                        window,
                        _ ->
                                new Reading<>(
                                        () ->
                                                MeshJson.traffic(
                                                        reader.read(
                                                                Backend.MIXER,
                                                                "/lateen/v1/graph?window="
                                                                        + window.wireName())),
                                        MOMENT,
                                        clock))
                .current();
    }

    /** How far the rules have come, as far as a caller may see it. */
    public Optional<SidecarStanding> sidecars(Grants grants) {
        return proxies().map(all -> Standings.sidecars(all, lastRevision(all), grants));
    }

    /** Which certificates end soon, as far as a caller may see it. */
    public Optional<CertificateStanding> certificates(Grants grants) {
        return certificates().map(all -> Standings.certificates(all, clock.instant(), grants));
    }

    private long lastRevision(List<Proxy> all) {
        return writes().flatMap(found -> found.stream().findFirst())
                .map(Write::revision)
                .orElseGet(() -> all.stream().mapToLong(Proxy::revision).max().orElse(0));
    }

    private <T> Reading<T> reading(
            String path, java.util.function.Function<tools.jackson.databind.JsonNode, T> parse) {
        return new Reading<>(() -> parse.apply(reader.read(Backend.MANAGER, path)), MOMENT, clock);
    }

    private List<Rule> rules(String plural) {
        return MeshJson.rules(
                reader.read(Backend.MANAGER, "/apis/networking.istio.io/v1/" + plural));
    }

    private static List<Certificate> newest(List<Certificate> all) {
        Map<String, Certificate> newest = new HashMap<>();
        for (Certificate certificate : all) {
            newest.merge(
                    certificate.identity(),
                    certificate,
                    (one, other) -> one.notAfter().isAfter(other.notAfter()) ? one : other);
        }
        return newest.values().stream()
                .sorted(Comparator.comparing(Certificate::identity))
                .toList();
    }
}
