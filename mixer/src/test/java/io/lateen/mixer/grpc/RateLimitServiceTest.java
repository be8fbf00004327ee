package io.lateen.mixer.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.extensions.common.ratelimit.v3.RateLimitDescriptor;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitRequest;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitServiceGrpc;
import io.lateen.mixer.RunningMixer;
import io.lateen.mixer.quota.Limit;
import io.lateen.mixer.quota.QuotaBook;
import io.lateen.testkit.postgres.EmbeddedDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Quota by Envoy's protocol, with grpc-java's client. */
final class RateLimitServiceTest {
    @RegisterExtension static final EmbeddedDatabase DATABASE = new EmbeddedDatabase();

    private static RunningMixer mixer;

    @BeforeAll
    static void start() {
        mixer = RunningMixer.on(DATABASE.url());
        mixer.bean(QuotaBook.class)
                .put(
                        List.of(
                                new Limit("default/a/0", "default/a", 3, Duration.ofMinutes(1)),
                                new Limit("default/b/0", "default/b", 100, Duration.ofHours(1)),
                                new Limit("default/c/0", "default/c", 1, Duration.ofMinutes(1))));
    }

    @AfterAll
    static void stop() {
        mixer.close();
    }

    @Test
    void beyondTheLimitAClientIsToldWhenToComeBack() {
        for (int i = 2; i >= 0; i--) {
            RateLimitResponse answer = ask(question("default/a/0", ""));
            assertThat(answer.getOverallCode()).isEqualTo(RateLimitResponse.Code.OK);
            assertThat(answer.getStatuses(0).getLimitRemaining()).isEqualTo(i);
            assertThat(answer.getResponseHeadersToAddCount()).isZero();
        }

        RateLimitResponse over = ask(question("default/a/0", ""));

        assertThat(over.getOverallCode()).isEqualTo(RateLimitResponse.Code.OVER_LIMIT);
        RateLimitResponse.DescriptorStatus status = over.getStatuses(0);
        assertThat(status.getCurrentLimit().getName()).isEqualTo("default/a");
        assertThat(status.getCurrentLimit().getRequestsPerUnit()).isEqualTo(3);
        assertThat(status.getCurrentLimit().getUnit())
                .isEqualTo(RateLimitResponse.RateLimit.Unit.MINUTE);
        assertThat(status.getDurationUntilReset().getSeconds()).isBetween(30L, 60L);
        Map<String, String> headers =
                over.getResponseHeadersToAddList().stream()
                        .collect(Collectors.toMap(HeaderValue::getKey, HeaderValue::getValue));
        assertThat(headers)
                .containsEntry("RateLimit-Limit", "3")
                .containsEntry("RateLimit-Remaining", "0")
                .containsOnlyKeys(
                        "Retry-After", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset");
        assertThat(Integer.parseInt(headers.getOrDefault("Retry-After", ""))).isBetween(30, 60);
    }

    @Test
    void valuesOfAHeaderAreCountedApart() {
        String long1 = "x".repeat(500) + "1";
        String long2 = "x".repeat(500) + "2";
        for (String user : List.of("jason", "alice", "", long1, long2)) {
            assertThat(ask(question("default/c/0", user)).getOverallCode())
                    .as(user)
                    .isEqualTo(RateLimitResponse.Code.OK);
            assertThat(ask(question("default/c/0", user)).getOverallCode())
                    .as(user)
                    .isEqualTo(RateLimitResponse.Code.OVER_LIMIT);
        }
    }

    @Test
    void callsAtOnceGetExactlyTheLimit() {
        try (ExecutorService pool = Executors.newFixedThreadPool(16)) {
            long granted =
                    IntStream.range(0, 400)
                            .mapToObj(
                                    _ ->
                                            CompletableFuture.supplyAsync(
                                                    () -> ask(question("default/b/0", "")), pool))
                            .toList()
                            .stream()
                            .filter(
                                    answer ->
                                            answer.join().getOverallCode()
                                                    == RateLimitResponse.Code.OK)
                            .count();

            assertThat(granted).isEqualTo(100);
        }
    }

    @Test
    void aLimitThatIsNotKnownIsAnErrorAndNoGrant() {
        assertThatThrownBy(() -> ask(question("default/nothing/0", "")))
                .hasMessageContaining("NOT_FOUND");
        assertThatThrownBy(
                        () ->
                                ask(
                                        question("default/a/0", "").toBuilder()
                                                .setDomain("other")
                                                .build()))
                .hasMessageContaining("expected domain 'lateen'");
    }

    private static RateLimitRequest question(String limit, String user) {
        return RateLimitRequest.newBuilder()
                .setDomain("lateen")
                .addDescriptors(
                        RateLimitDescriptor.newBuilder()
                                .addEntries(
                                        RateLimitDescriptor.Entry.newBuilder()
                                                .setKey("limit")
                                                .setValue(limit))
                                .addEntries(
                                        RateLimitDescriptor.Entry.newBuilder()
                                                .setKey("header:end-user")
                                                .setValue(user)))
                .build();
    }

    private static RateLimitResponse ask(RateLimitRequest question) {
        return RateLimitServiceGrpc.newBlockingStub(mixer.channel()).shouldRateLimit(question);
    }
}
