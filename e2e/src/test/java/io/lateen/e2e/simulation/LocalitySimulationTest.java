package io.lateen.e2e.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lateen.manager.snapshot.MeshSnapshot;
import io.lateen.manager.snapshot.Proxy;
import io.lateen.manager.snapshot.ServiceCatalog;
import io.lateen.manager.translate.TranslationSettings;
import io.lateen.manager.translate.Translator;
import io.lateen.model.codec.Decoded;
import io.lateen.model.codec.ResourceCodec;
import io.lateen.model.naming.Hostname;
import io.lateen.model.naming.NodeId;
import io.lateen.model.naming.ProxyType;
import io.lateen.model.resource.Resource;
import io.lateen.model.service.Endpoint;
import io.lateen.model.service.Health;
import io.lateen.model.service.Locality;
import io.lateen.model.service.Protocol;
import io.lateen.model.service.Resolution;
import io.lateen.model.service.Service;
import io.lateen.model.service.ServicePort;
import io.lateen.model.service.Workload;
import io.lateen.sidecar.balance.Balancer;
import io.lateen.sidecar.balance.Balancing;
import io.lateen.sidecar.balance.Choice;
import io.lateen.sidecar.balance.Host;
import io.lateen.sidecar.plan.ClusterPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * From a DestinationRule to who is called: the manager's translation for a client's place, the
 * sidecar's plan, 10,000 picks. Two workloads in each of west/a, west/b, east/a and north/a.
 */
class LocalitySimulationTest {
    private static final int PICKS = 10_000;
    private static final List<String> PLACES = List.of("west/a", "west/b", "east/a", "north/a");
    private static final Hostname REVIEWS = new Hostname("reviews.default.svc.cluster.local");

    /**
     * Shares in percent, by locality; {@code out} are the localities whose workloads are ejected.
     */
    private static Map<String, Integer> shares(String policy, String from, Set<String> out) {
        ClusterPlan cluster = cluster(policy, from);
        List<Host> hosts = new ArrayList<>();
        cluster.endpoints()
                .forEach(
                        endpoint ->
                                hosts.add(
                                        new Host(
                                                endpoint,
                                                out.contains(endpoint.locality())
                                                        ? Host.Standing.OUT
                                                        : Host.Standing.HEALTHY,
                                                Long.MAX_VALUE)));
        Balancer balancer =
                Balancing.over(hosts, cluster.balancing(), host -> 0, new SplittableRandom(1));
        Choice choice = Choice.any(new SplittableRandom(2));
        Map<String, Integer> counts = new TreeMap<>();
        for (int i = 0; i < PICKS; i++) {
            counts.merge(hosts.get(balancer.pick(choice)).plan().locality(), 1, Integer::sum);
        }
        counts.replaceAll((place, count) -> Math.round(count * 100f / PICKS));
        return counts;
    }

    private static ClusterPlan cluster(String policy, String from) {
        Resource rule =
                switch (new ResourceCodec()
                        .decodeAll(
                                """
                                apiVersion: networking.istio.io/v1
                                kind: DestinationRule
                                metadata: {name: reviews, namespace: default}
                                spec:
                                  host: reviews
                                  trafficPolicy: {%s}
                                """
                                        .formatted(policy))
                        .getFirst()) {
                    case Decoded.Accepted accepted -> accepted.resource();
                    case Decoded.Refused refused ->
                            throw new AssertionError(refused.violations().toString());
                };
        MeshSnapshot snapshot =
                new MeshSnapshot(
                        7, Map.of(rule.key(), rule), new ServiceCatalog(List.of(service()), all()));
        ClusterPlan cluster =
                Simulated.compile(
                                new Translator(TranslationSettings.DEFAULT)
                                        .translate(snapshot, client(from)))
                        .cluster("outbound|9080||" + REVIEWS.value());
        assertThat(cluster).isNotNull();
        return cluster;
    }

    private static Service service() {
        return new Service(
                REVIEWS,
                "default",
                "reviews",
                List.of(new ServicePort(9080, "http", Protocol.HTTP, 9080)),
                List.of(),
                Resolution.STATIC,
                false,
                List.of("*"),
                List.of(),
                Map.of(),
                Instant.EPOCH,
                "test");
    }

    private static List<Endpoint> all() {
        List<Endpoint> endpoints = new ArrayList<>();
        for (String place : PLACES) {
            for (int i = 0; i < 2; i++) {
                int number = endpoints.size() + 1;
                Workload workload = workload("reviews-" + number, place, "v" + (i + 1));
                endpoints.add(
                        new Endpoint(
                                REVIEWS,
                                9080,
                                "10.0.0." + number,
                                9080,
                                workload,
                                Health.HEALTHY,
                                1));
            }
        }
        return endpoints;
    }

    private static Workload workload(String name, String place, String version) {
        return new Workload(
                name,
                "default",
                name,
                "default",
                Map.of("app", "reviews", "version", version),
                "Kubernetes",
                Locality.parse(place));
    }

    private static Proxy client(String from) {
        return new Proxy(
                new NodeId(ProxyType.SIDECAR, "10.0.1.1", "client", "default", "cluster.local"),
                ProxyType.SIDECAR,
                "10.0.1.1",
                workload("client", from, "v1"),
                "cluster.local",
                List.of(),
                Map.of());
    }

    @Test
    void withoutARuleAllPlacesAreAlike() {
        assertThat(shares("loadBalancer: {simple: ROUND_ROBIN}", "west/a", Set.of()))
                .isEqualTo(Map.of("west/a", 25, "west/b", 25, "east/a", 25, "north/a", 25));
    }

    @Test
    void withEjectionTheNearestIsFirstAndTheNextStandsIn() {
        String policy = "outlierDetection: {consecutive5xxErrors: 5}";

        assertThat(shares(policy, "west/a", Set.of())).isEqualTo(Map.of("west/a", 100));
        assertThat(shares(policy, "north/a", Set.of())).isEqualTo(Map.of("north/a", 100));
        assertThat(shares(policy, "west/a", Set.of("west/a"))).isEqualTo(Map.of("west/b", 100));
        Map<String, Integer> elsewhere = shares(policy, "west/a", Set.of("west/a", "west/b"));
        assertThat(elsewhere).containsOnlyKeys("east/a", "north/a");
        assertThat(elsewhere.get("east/a")).isCloseTo(50, within(3));
    }

    @Test
    void theRegionThatTheRuleNamesStandsIn() {
        String policy =
                "outlierDetection: {consecutive5xxErrors: 5}, loadBalancer: {localityLbSetting:"
                        + " {failover: [{from: west, to: north}]}}";

        assertThat(shares(policy, "west/a", Set.of("west/a", "west/b")))
                .isEqualTo(Map.of("north/a", 100));
        assertThat(shares(policy, "west/a", Set.of("west/a", "west/b", "north/a")))
                .isEqualTo(Map.of("east/a", 100));
    }

    @Test
    void sharesAreAsDistributed() {
        String policy =
                "loadBalancer: {localityLbSetting: {distribute: [{from: west/*, to: {west/a: 70,"
                        + " east/*: 30}}]}}";

        Map<String, Integer> fromWest = shares(policy, "west/b", Set.of());
        assertThat(fromWest).containsOnlyKeys("west/a", "east/a");
        assertThat(fromWest.get("west/a")).isCloseTo(70, within(2));
        assertThat(shares(policy, "north/a", Set.of())).as("no rule is for it").hasSize(4);
        assertThat(shares(policy, "west/b", Set.of("west/a"))).isEqualTo(Map.of("east/a", 100));
    }

    @Test
    void labelsTellNearFromFar() {
        String policy =
                "outlierDetection: {}, loadBalancer: {localityLbSetting: {failoverPriority:"
                        + " [topology.kubernetes.io/region, version]}}";

        assertThat(shares(policy, "west/a", Set.of()))
                .as("v1 in the own region")
                .containsOnlyKeys("west/a", "west/b");
        assertThat(shares(policy, "west/a", Set.of("west/a", "west/b")))
                .containsOnlyKeys("east/a", "north/a");
    }
}
