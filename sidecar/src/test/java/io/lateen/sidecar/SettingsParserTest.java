package io.lateen.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.identity.Pem;
import io.lateen.model.naming.ProxyType;
import io.lateen.model.validation.Violation;
import io.lateen.sidecar.ads.ManagerAddress;
import io.lateen.sidecar.ads.NodeDescription;
import io.lateen.sidecar.health.Probe;
import io.lateen.sidecar.plan.ProxyHeaders;
import io.lateen.sidecar.plan.SocketPlan;
import io.lateen.sidecar.telemetry.AccessLog;
import io.lateen.testkit.certificate.ScriptedAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsParserTest {

    @Test
    void readsEveryFlag() {
        Settings settings =
                accepted(
                        Map.of(),
                        "--mode sidecar --manager 127.0.0.1:15010,manager-2:15010 --address"
                                + " 127.0.1.3 --namespace books --workload reviews-v1 --name"
                                + " reviews-v1-1 --labels app=reviews,version=v1"
                                + " --service-account bookinfo-reviews --serve reviews:9080:http"
                                + " --serve admin.ops:9000=127.0.0.1:7000 --dependency"
                                + " tcp-echo:9000=127.0.1.3:6000 --health http:/ready"
                                + " --concurrency 4 --state-directory /var/lib/x --access-log"
                                + " json:/var/log/a --reason-header off --max-connections 100 --propagation 3 --drain 5 --application-grace 7");

        assertThat(settings.managers())
                .containsExactly(
                        new ManagerAddress("127.0.0.1", 15010),
                        new ManagerAddress("manager-2", 15010));
        assertThat(settings.node().id())
                .hasToString("sidecar~127.0.1.3~reviews-v1.books~books.svc.cluster.local");
        assertThat(settings.node().workload().labels())
                .isEqualTo(Map.of("app", "reviews", "version", "v1"));
        assertThat(settings.node().served())
                .containsExactly(
                        new NodeDescription.ServedService(
                                "reviews", "books", 9080, "http", 15006, "127.0.1.3", 9080),
                        new NodeDescription.ServedService(
                                "admin", "ops", 9000, "", 15101, "127.0.0.1", 7000));
        assertThat(settings.dependencies())
                .singleElement()
                .satisfies(
                        socket -> {
                            assertThat(socket.address().getPort()).isEqualTo(6000);
                            assertThat(socket.dependency())
                                    .isEqualTo(new SocketPlan.Dependency("tcp-echo", 9000));
                        });
        assertThat(settings.probe()).isEqualTo(new Probe.Http("127.0.1.3", 9080, "/ready"));
        assertThat(settings.concurrency()).isEqualTo(4);
        assertThat(settings.stateDirectory()).contains(Path.of("/var/lib/x"));
        assertThat(settings.accessLog())
                .hasValueSatisfying(
                        log -> assertThat(log.format()).isEqualTo(AccessLog.Format.JSON));
        assertThat(settings.reasonHeader()).isFalse();
        assertThat(settings.maxConnections()).hasValue(100);
        assertThat(settings.propagation()).hasSeconds(3);
        assertThat(settings.drain()).hasSeconds(5);
        assertThat(settings.applicationGrace()).hasSeconds(7);
    }

    @Test
    void readsWhereTheCertificateComesFrom(@TempDir Path folder) throws IOException {
        Path roots =
                Files.writeString(
                        folder.resolve("roots.pem"),
                        Pem.write(ScriptedAuthority.root("x", Instant.EPOCH).certificate()));

        Settings settings =
                accepted(
                        Map.of("LATEEN_JOIN_TOKEN", "a-secret"),
                        "--namespace books --service-account reviews --ca-address 127.0.9.1:8060"
                                + " --ca-roots "
                                + roots
                                + " --identity-directory "
                                + folder);

        OwnIdentity identity = settings.identity().orElseThrow();
        assertThat(identity.authority().host()).isEqualTo("127.0.9.1");
        assertThat(identity.authority().port()).isEqualTo(8060);
        assertThat(identity.authority().identity().orElseThrow())
                .hasToString("spiffe://cluster.local/ns/books/sa/reviews");
        assertThat(identity.authority().joinToken().now()).contains("a-secret");
        assertThat(identity.directory()).contains(folder);
        assertThat(settings.managers())
                .as("with a certificate it asks where certificates are wanted")
                .containsExactly(new ManagerAddress("127.0.0.1", 15012));
        assertThat(settings.node().workload().labels())
                .containsEntry("security.istio.io/tlsMode", "istio");
    }

    @Test
    void refusesHalfAnIdentity() {
        assertThat(refused(Map.of(), "--ca-address 127.0.0.1:8060"))
                .singleElement()
                .asString()
                .contains("--ca-roots: found nothing");
        assertThat(refused(Map.of(), "--ca-address 127.0.0.1:8060 --ca-roots /none"))
                .singleElement()
                .asString()
                .contains("--ca-roots")
                .contains("'/none'");
        assertThat(refused(Map.of(), "--join-token-file /t"))
                .singleElement()
                .asString()
                .contains("--join-token-file: found no --ca-address beside it");
        assertThat(accepted(Map.of(), "--mode sidecar").node().workload().labels())
                .doesNotContainKey("security.istio.io/tlsMode");
    }

    @Test
    void takesTheEnvironmentWhereAFlagIsMissing() {
        Settings settings =
                accepted(
                        Map.of(
                                "LATEEN_MODE", "router",
                                "LATEEN_ADDRESS", "127.0.9.9",
                                "LATEEN_DEPENDENCY", "a:1=127.0.9.9:6000, b:2=127.0.9.9:6001"),
                        "--mode sidecar");

        assertThat(settings.type()).as("a flag counts more").isEqualTo(ProxyType.SIDECAR);
        assertThat(settings.address().getHostAddress()).isEqualTo("127.0.9.9");
        assertThat(settings.dependencies()).hasSize(2);
        assertThat(settings.probe()).isEqualTo(new Probe.None());
    }

    @Test
    void tellsEveryMistakeAtOnce() {
        List<Violation> violations =
                refused(
                        Map.of("LATEEN_LOG_LEVEL", "loud"),
                        "--mode gateway --manager nohost --address 0.0.0.0 --labels app --serve"
                                + " reviews --dependency x --health maybe --concurrency 0"
                                + " --access-log xml --reason-header maybe --drain soon --adress 1"
                                + " --name");

        assertThat(violations)
                .extracting(Violation::path)
                .contains(
                        "--mode",
                        "--manager",
                        "--address",
                        "--labels",
                        "--serve",
                        "--dependency",
                        "--health",
                        "--concurrency",
                        "--access-log",
                        "--reason-header",
                        "--drain",
                        "--adress",
                        "--name",
                        "LATEEN_LOG_LEVEL");
        assertThat(violations)
                .anySatisfy(
                        each ->
                                assertThat(each.message())
                                        .isEqualTo(
                                                "--concurrency: found '0', expected a number from"
                                                        + " 1 to 64"));
        assertThat(violations).anySatisfy(each -> assertThat(each.mend()).contains("--address"));
    }

    @Test
    void aRouterServesNothing() {
        assertThat(refused(Map.of(), "--mode router --serve a:1"))
                .anySatisfy(each -> assertThat(each.message()).contains("serves Gateways"));
    }

    @Test
    void helpNamesEveryFlag() {
        assertThat(SettingsParser.parse(List.of("--help"), _ -> null, 1))
                .isEqualTo(new SettingsParser.Parsed.Help());
        for (Flags.Flag flag : Flags.Flag.values()) {
            assertThat(Help.TEXT).contains(flag.flag());
        }
    }

    @Test
    void aGatewayAloneStandsBehindALoadBalancer() {
        assertThat(accepted(Map.of(), "--mode router --proxy-protocol required").proxyHeaders())
                .contains(ProxyHeaders.REQUIRED);
        assertThat(accepted(Map.of(), "--mode router").proxyHeaders()).isEmpty();
        assertThat(refused(Map.of(), "--proxy-protocol optional").toString())
                .contains("--proxy-protocol", "mode router");
        assertThat(accepted(Map.of(), "--http10 on").http10()).isTrue();
    }

    private static Settings accepted(Map<String, String> environment, String arguments) {
        SettingsParser.Parsed parsed = parse(environment, arguments);
        assertThat(parsed).isInstanceOf(SettingsParser.Parsed.Accepted.class);
        return ((SettingsParser.Parsed.Accepted) parsed).settings();
    }

    private static List<Violation> refused(Map<String, String> environment, String arguments) {
        SettingsParser.Parsed parsed = parse(environment, arguments);
        assertThat(parsed).isInstanceOf(SettingsParser.Parsed.Refused.class);
        return ((SettingsParser.Parsed.Refused) parsed).violations();
    }

    private static SettingsParser.Parsed parse(Map<String, String> environment, String arguments) {
        return SettingsParser.parse(List.of(arguments.split(" ", -1)), environment::get, 1);
    }
}
