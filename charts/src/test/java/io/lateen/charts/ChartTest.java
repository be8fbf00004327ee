package io.lateen.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ChartTest {

    private static ScriptedCluster cluster;

    private static final List<String> PROGRAMS =
            List.of(
                    "lateen-manager",
                    "lateen-mixer",
                    "lateen-auth-ca",
                    "lateen-portal",
                    "istio-ingressgateway");

    @BeforeAll
    static void openCluster() throws IOException {
        cluster = ScriptedCluster.open(Path.of("target", "kubeconfig"));
    }

    @AfterAll
    static void closeCluster() {
        cluster.close();
    }

    @BeforeEach
    void emptyCluster() {
        cluster.clear();
    }

    @Test
    void lintFindsNothing() {
        LintResult result = Chart.lint();

        assertThat(result.isFailed()).as(String.join("\n", result.getMessages())).isFalse();
        assertThat(result.getMessages()).noneMatch(it -> it.contains("[WARNING]"));
    }

    static Stream<Map<String, Object>> installations() {
        return Stream.of(
                Map.of(),
                Map.of("postgres.enabled", "false", "database.existingSecret", "my-database"),
                Map.of(
                        "manager.tlsSecret", "rest-tls",
                        "portal.ingress.enabled", "true",
                        "portal.ingress.className", "nginx",
                        "portal.ingress.tlsSecret", "portal-tls",
                        "portal.oidc.issuer", "https://login.example.org",
                        "portal.oidc.clientId", "lateen",
                        "portal.oidc.grants.shop-team", "viewer operator@shop",
                        "portal.oidc.clientSecret", "portal-oidc"),
                Map.of(
                        "gateway.enabled", "false",
                        "networkPolicy.enabled", "false",
                        "secrets.existingSecret", "my-keys",
                        "image.pullSecrets[0]", "registry",
                        "nodeSelector.disk", "ssd",
                        "postgres.storageClassName", "fast"));
    }

    @ParameterizedTest
    @MethodSource("installations")
    void everyObjectIsOfItsKindAndInTheNamespace(Map<String, Object> values) {
        List<JsonObject> objects = Chart.render(values);

        assertThat(objects).hasSizeGreaterThan(20);
        assertThat(objects)
                .allSatisfy(
                        it ->
                                assertThatNoException()
                                        .as(name(it))
                                        .isThrownBy(() -> Kinds.read(it)));
        assertThat(objects)
                .filteredOn(it -> !it.get("kind").getAsString().startsWith("Cluster"))
                .allSatisfy(
                        it ->
                                assertThat(text(it, "metadata", "namespace"))
                                        .as(name(it))
                                        .isEqualTo(Chart.NAMESPACE));
        assertThat(objects.stream().map(ChartTest::name)).doesNotHaveDuplicates();
    }

    @Test
    void aFieldThatAKindDoesNotHaveIsSeen() {
        JsonObject service = named("Service/lateen-manager", Chart.render(Map.of()));
        service.getAsJsonObject("spec").addProperty("portz", 1);

        assertThatThrownBy(() -> Kinds.read(service)).hasMessageContaining("portz");
    }

    @Test
    void everyProgramHasItsAccountServiceProbesAndBudget() {
        List<JsonObject> objects = Chart.render(Map.of());

        for (String program : PROGRAMS) {
            for (String kind :
                    List.of("Deployment", "Service", "ServiceAccount", "PodDisruptionBudget")) {
                assertThat(objects.stream().map(ChartTest::name)).contains(kind + "/" + program);
            }
            JsonObject pod = pod(named("Deployment/" + program, objects));
            assertThat(text(pod, "serviceAccountName")).isEqualTo(program);
            JsonObject container = containers(pod).getFirst();
            assertThat(container.keySet())
                    .as(program)
                    .contains("startupProbe", "readinessProbe", "resources");
            assertThat(container.getAsJsonObject("resources").getAsJsonObject("limits").keySet())
                    .contains("memory");
        }
    }

    @Test
    void noContainerHasMoreThanItNeeds() {
        List<JsonObject> workloads =
                Chart.render(Map.of()).stream()
                        .filter(
                                it ->
                                        List.of("Deployment", "StatefulSet")
                                                .contains(it.get("kind").getAsString()))
                        .toList();

        assertThat(workloads).hasSize(PROGRAMS.size() + 1);
        for (JsonObject workload : workloads) {
            JsonObject pod = pod(workload);
            assertThat(pod.getAsJsonObject("securityContext").get("runAsNonRoot").getAsBoolean())
                    .as(name(workload))
                    .isTrue();
            for (JsonObject container : containers(pod)) {
                JsonObject context = container.getAsJsonObject("securityContext");
                assertThat(context.get("readOnlyRootFilesystem").getAsBoolean()).isTrue();
                assertThat(context.get("allowPrivilegeEscalation").getAsBoolean()).isFalse();
                assertThat(context.getAsJsonObject("capabilities").get("drop").toString())
                        .isEqualTo("[\"ALL\"]");
            }
        }
    }

    @Test
    void onlyTheCertificateAuthorityTalksToTheApiServerAndOnlyAboutTokensAndItsRoots() {
        List<JsonObject> objects = Chart.render(Map.of());

        assertThat(
                        objects.stream()
                                .filter(it -> it.get("kind").getAsString().equals("Deployment"))
                                .filter(
                                        it ->
                                                pod(it).get("automountServiceAccountToken")
                                                        .getAsBoolean())
                                .map(ChartTest::name))
                .containsExactly("Deployment/lateen-auth-ca");
        assertThat(
                        objects.stream()
                                .filter(it -> it.get("kind").getAsString().endsWith("Role"))
                                .flatMap(it -> it.getAsJsonArray("rules").asList().stream())
                                .map(it -> it.getAsJsonObject().get("resources").toString())
                                .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder("[\"tokenreviews\"]", "[\"configmaps\"]");
    }

    @Test
    void everySecretAndVolumeThatAPodNamesIsThere() {
        List<JsonObject> objects = Chart.render(Map.of());
        List<String> secrets =
                objects.stream()
                        .filter(it -> it.get("kind").getAsString().equals("Secret"))
                        .map(it -> text(it, "metadata", "name"))
                        .toList();

        for (String program : PROGRAMS) {
            JsonObject pod = pod(named("Deployment/" + program, objects));
            List<String> volumes = new ArrayList<>();
            for (JsonElement each : pod.getAsJsonArray("volumes")) {
                volumes.add(text(each.getAsJsonObject(), "name"));
                if (each.getAsJsonObject().has("secret")) {
                    assertThat(secrets)
                            .contains(text(each.getAsJsonObject(), "secret", "secretName"));
                }
            }
            for (JsonElement mount : containers(pod).getFirst().getAsJsonArray("volumeMounts")) {
                assertThat(volumes).contains(text(mount.getAsJsonObject(), "name"));
            }
        }
    }

    @Test
    void keysAreDrawnAnewForEachInstallation() {
        String first = named("Secret/lateen-shared", Chart.render(Map.of())).toString();
        String second = named("Secret/lateen-shared", Chart.render(Map.of())).toString();

        assertThat(first).isNotEqualTo(second);
    }

    @Test
    void keysAndThePasswordAreKeptByAnUpgrade() {
        List<JsonObject> installed = Chart.render(Map.of());
        JsonObject keys = named("Secret/lateen-shared", installed);
        JsonObject password = named("Secret/lateen-postgres", installed);
        cluster.holds(keys);
        cluster.holds(password);

        List<JsonObject> upgraded = Chart.render(Map.of());

        assertThat(named("Secret/lateen-shared", upgraded)).isEqualTo(keys);
        assertThat(named("Secret/lateen-postgres", upgraded)).isEqualTo(password);
    }

    @ParameterizedTest
    @CsvSource({
        "manager.replicas, 0, replicas",
        "manager.replica, 2, replica",
        "gateway.serviceType, Loadbalancer, serviceType",
        "trustDomain, Cluster.Local, trustDomain",
        "authCa.certificateTtl, 1 day, certificateTtl",
        "portal.oidc.issuer, http://plain.example.org, issuer",
        "gateway.ports[0].port, 70000, port",
        "postgres.storage, lots, storage",
    })
    void aBadValueIsRefusedByName(String path, String value, String named) {
        assertThatThrownBy(() -> Chart.render(Map.of(path, value))).hasMessageContaining(named);
    }

    @Test
    void anotherNamespaceIsRefusedWithTheReason() {
        assertThatThrownBy(() -> Chart.render("default", Map.of()))
                .hasMessageContaining("found default, expected lateen-system")
                .hasMessageContaining("--create-namespace");
    }

    @Test
    void noDatabaseAtAllIsRefusedWithTheMend() {
        assertThatThrownBy(() -> Chart.render(Map.of("postgres.enabled", "false")))
                .hasMessageContaining("database.existingSecret");
    }

    private static JsonObject pod(JsonObject workload) {
        return workload.getAsJsonObject("spec").getAsJsonObject("template").getAsJsonObject("spec");
    }

    private static List<JsonObject> containers(JsonObject pod) {
        return pod.getAsJsonArray("containers").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    private static JsonObject named(String name, List<JsonObject> objects) {
        return objects.stream().filter(it -> name(it).equals(name)).findFirst().orElseThrow();
    }

    private static String name(JsonObject object) {
        return text(object, "kind") + "/" + text(object, "metadata", "name");
    }

    private static String text(JsonObject object, String... path) {
        JsonElement found = object;
        for (String each : path) {
            found = found.getAsJsonObject().get(each);
        }
        return found.getAsString();
    }
}
