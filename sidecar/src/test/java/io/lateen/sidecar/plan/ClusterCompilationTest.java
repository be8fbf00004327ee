package io.lateen.sidecar.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.sidecar.ads.ResourceType;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What becomes of a cluster's balancing, localities and health checks. */
class ClusterCompilationTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private static ClusterPlan cluster(String text) {
        PlanCompiler compiler = new PlanCompiler(List.of());
        assertThat(
                        compiler.accept(
                                Xds.update(
                                        ResourceType.CLUSTERS, "name: \"c\" type: STATIC " + text)))
                .isEmpty();
        return Objects.requireNonNull(compiler.plan(1).cluster("c"));
    }

    @Test
    void balancesAsEnvoyDoesWhereNothingIsSaid() {
        assertThat(cluster("").balancing())
                .isEqualTo(new BalancingPlan(new LbPolicy.RoundRobin(), 50, false, null));
    }

    @Test
    void readsPanicLocalityWeightsAndSlowStart() {
        assertThat(
                        cluster(
                                        """
                                        lb_policy: LEAST_REQUEST
                                        common_lb_config {
                                          healthy_panic_threshold { value: 0 }
                                          locality_weighted_lb_config {}
                                        }
                                        least_request_lb_config { slow_start_config {
                                          slow_start_window { seconds: 60 }
                                          aggression { default_value: 2 runtime_key: "x" }
                                          min_weight_percent { value: 25 }
                                        } }
                                        """)
                                .balancing())
                .isEqualTo(
                        new BalancingPlan(
                                new LbPolicy.LeastRequest(2),
                                0,
                                true,
                                new BalancingPlan.WarmUp(60 * SECOND, 2, 0.25)));
    }

    @Test
    void readsWhereEndpointsAre() {
        ClusterPlan cluster =
                cluster(
                        """
                        load_assignment { cluster_name: "c" endpoints {
                          locality { region: "west" zone: "a" sub_zone: "1" }
                          priority: 2 load_balancing_weight { value: 30 }
                          lb_endpoints { endpoint { address { socket_address {
                            address: "10.0.0.1" port_value: 80 } } } }
                        } }
                        """);

        assertThat(cluster.endpoints().getFirst().place())
                .isEqualTo(new EndpointPlan.Place(2, "west/a/1", 30));
    }

    @Test
    void readsHttpChecks() {
        assertThat(
                        cluster(
                                        """
                                        health_checks {
                                          timeout { seconds: 1 } interval { seconds: 5 }
                                          unhealthy_interval { seconds: 2 }
                                          initial_jitter { seconds: 3 }
                                          interval_jitter { seconds: 1 }
                                          interval_jitter_percent: 10
                                          unhealthy_threshold { value: 3 }
                                          healthy_threshold { value: 2 }
                                          http_health_check {
                                            path: "/healthz"
                                            expected_statuses { start: 200 end: 300 }
                                            codec_client_type: HTTP2
                                          }
                                        }
                                        """)
                                .check())
                .isEqualTo(
                        new HealthCheckPlan(
                                new HealthCheckPlan.Http(
                                        "GET",
                                        "c",
                                        "/healthz",
                                        List.of(new HealthCheckPlan.Statuses(200, 300)),
                                        true),
                                new HealthCheckPlan.Pace(
                                        SECOND, 5 * SECOND, 2 * SECOND, 3 * SECOND, SECOND, 10),
                                3,
                                2));
    }

    private static HealthCheckPlan.Question question(String text) {
        return Objects.requireNonNull(
                        cluster(
                                        """
                                        health_checks {
                                          timeout { seconds: 1 } interval { seconds: 5 }
                                          unhealthy_threshold { value: 3 }
                                          healthy_threshold { value: 2 }
                                          %s
                                        }
                                        """
                                                .formatted(text))
                                .check())
                .question();
    }

    @Test
    void readsTcpAndGrpcChecks() {
        assertThat(
                        question(
                                "tcp_health_check { send { text: \"50494E47\" } receive { binary:"
                                        + " \"PO\" } receive { text: \"4e47\" } }"))
                .isEqualTo(new HealthCheckPlan.Tcp("PING", List.of("PO", "NG")));
        assertThat(question("tcp_health_check {}"))
                .isEqualTo(new HealthCheckPlan.Tcp("", List.of()));
        assertThat(question("grpc_health_check { service_name: \"shop\" }"))
                .isEqualTo(new HealthCheckPlan.Grpc("shop", "c"));
    }
}
