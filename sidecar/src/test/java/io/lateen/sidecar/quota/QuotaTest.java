package io.lateen.sidecar.quota;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.extensions.common.ratelimit.v3.RateLimitDescriptor;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitRequest;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse;
import io.lateen.model.naming.NodeId;
import io.lateen.sidecar.ads.NodeDescription;
import io.lateen.sidecar.transport.RawClient;
import io.lateen.sidecar.transport.RawServer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A limit of the whole mesh, asked about over real sockets. */
final class QuotaTest {
    private static final RateLimitResponse OVER =
            RateLimitResponse.newBuilder()
                    .setOverallCode(RateLimitResponse.Code.OVER_LIMIT)
                    .addStatuses(
                            RateLimitResponse.DescriptorStatus.newBuilder()
                                    .setCode(RateLimitResponse.Code.OVER_LIMIT)
                                    .setCurrentLimit(
                                            RateLimitResponse.RateLimit.newBuilder()
                                                    .setName("default/a")
                                                    .setRequestsPerUnit(3))
                                    .setDurationUntilReset(
                                            Duration.newBuilder().setSeconds(11).setNanos(1)))
                    .addResponseHeadersToAdd(
                            HeaderValue.newBuilder().setKey("Retry-After").setValue("12"))
                    .addResponseHeadersToAdd(
                            HeaderValue.newBuilder().setKey("RateLimit-Limit").setValue("3"))
                    .build();

    private final RawServer application = RawServer.answering(RawServer.ok("hello"));
    private ScriptedQuota mixer;
    private CountedSidecar sidecar;

    @BeforeEach
    void start() throws IOException {
        mixer = new ScriptedQuota(0);
        sidecar = sidecar(false, 2_000);
    }

    @AfterEach
    void stop() throws Exception {
        sidecar.close();
        mixer.close();
        application.close();
    }

    @Test
    void aRequestWithinTheLimitGoesOn() throws IOException {
        assertThat(get("/", "end-user: jason\r\n")).startsWith("HTTP/1.1 200 OK").endsWith("hello");

        RateLimitRequest question = mixer.questions.getFirst();
        assertThat(question.getDomain()).isEqualTo("lateen");
        assertThat(question.getDescriptorsList()).hasSize(1);
        assertThat(question.getDescriptors(0).getEntriesList())
                .extracting(RateLimitDescriptor.Entry::getKey, RateLimitDescriptor.Entry::getValue)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("limit", "default/a/0"),
                        org.assertj.core.groups.Tuple.tuple("header:end-user", "jason"));
    }

    @Test
    void requestsWithoutTheHeaderAreCountedTogether() throws IOException {
        get("/", "");

        assertThat(mixer.questions.getFirst().getDescriptors(0).getEntries(1).getKey())
                .isEqualTo("no-header:end-user");
    }

    @Test
    void anEmptyValueIsNoWayAroundTheLimit() throws IOException {
        get("/", "end-user:\r\n");

        assertThat(mixer.questions.getFirst().getDescriptors(0).getEntries(1).getKey())
                .isEqualTo("header:end-user");
    }

    @Test
    void aRequestBeyondTheLimitIsToldWhenToComeBackAndByWhichRule() throws IOException {
        mixer.answer(OVER);

        String answer = get("/", "");

        assertThat(answer)
                .startsWith("HTTP/1.1 429 Too Many Requests")
                .containsIgnoringCase("retry-after: 12\r\n")
                .containsIgnoringCase("ratelimit-limit: 3\r\n")
                .contains(
                        "x-lateen-reason: RL; the limit of 3 requests of RateLimit default/a is"
                                + " reached; try again in 12 s");
        assertThat(application.heads()).isEmpty();
    }

    @Test
    void aRouteThatCountsNothingAsksNobody() throws IOException {
        mixer.answer(OVER);

        assertThat(get("/free/1", "")).startsWith("HTTP/1.1 200 OK");
        assertThat(mixer.questions).isEmpty();
    }

    @Test
    void whereTheMixerIsAwayTheRuleDecides() throws Exception {
        mixer.close();

        assertThat(get("/", "")).startsWith("HTTP/1.1 200 OK");
        try (CountedSidecar strict = sidecar(true, 2_000)) {
            assertThat(get(strict, "/", ""))
                    .startsWith("HTTP/1.1 503")
                    .contains(
                            "x-lateen-reason: RLSE; nobody said in time whether a limit is reached")
                    .contains("the RateLimit says Deny");
        }
    }

    @Test
    void aRequestWaitsNoLongerThanItsDeadline() throws Exception {
        mixer.answer(null);
        try (CountedSidecar strict = sidecar(true, 100);
                CountedSidecar lenient = sidecar(false, 100)) {
            assertThat(get(strict, "/", "")).startsWith("HTTP/1.1 503").contains("DEADLINE");
            assertThat(get(lenient, "/", "")).startsWith("HTTP/1.1 200 OK");
        }
    }

    @Test
    void aMixerThatComesBackIsAskedAgain() throws Exception {
        int port = mixer.port();
        mixer.close();
        assertThat(get("/", "")).startsWith("HTTP/1.1 200 OK");
        mixer = new ScriptedQuota(port);
        mixer.answer(OVER);

        eventually(() -> assertThat(get("/", "")).startsWith("HTTP/1.1 429"));
    }

    @Test
    void aClientThatLeavesWhileItWaitsHarmsNobody() throws Exception {
        mixer.answer(null);
        try (RawClient client = RawClient.connect(sidecar.address())) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            eventually(() -> assertThat(mixer.questions).hasSize(1));
        }
        mixer.answer(OVER);

        assertThat(get("/", "")).startsWith("HTTP/1.1 429");
    }

    private String get(String path, String headers) throws IOException {
        return get(sidecar, path, headers);
    }

    private static String get(CountedSidecar sidecar, String path, String headers)
            throws IOException {
        try (RawClient client = RawClient.connect(sidecar.address())) {
            return client.send("GET " + path + " HTTP/1.1\r\nHost: a:8080\r\n" + headers + "\r\n")
                    .response();
        }
    }

    private CountedSidecar sidecar(boolean deny, long deadlineMillis) {
        return CountedSidecar.start(
                new NodeDescription(
                        NodeId.parse("sidecar~127.0.1.1~a-v1-1.default~default.svc.cluster.local")
                                .orElseThrow(),
                        new NodeDescription.Workload(
                                "a-v1-1",
                                "a-v1",
                                Map.of("app", "a"),
                                "sa",
                                "Kubernetes",
                                "cluster.local",
                                NodeDescription.Locality.UNKNOWN),
                        List.of(),
                        false,
                        1),
                application.address(),
                new CountedSidecar.Terms(mixer.port(), deny, deadlineMillis));
    }
}
