package io.lateen.mixer;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.envoyproxy.envoy.extensions.common.ratelimit.v3.RateLimitDescriptor;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitRequest;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitServiceGrpc;
import io.lateen.mixer.quota.Limit;
import io.lateen.mixer.quota.QuotaBook;
import io.lateen.mixer.replica.Members;
import io.lateen.testkit.postgres.EmbeddedDatabase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two mixers on one database: whichever is asked, a limit is one. */
@SuppressWarnings("NullAway.Init") // fields are set before each test
final class ReplicasTest {

    private static final int RULES = 8;
    private static final int LIMIT = 10;

    private RunningMixer first;
    private RunningMixer second;

    @BeforeEach
    void start() {
        String database = EmbeddedDatabase.fresh();
        first = RunningMixer.on(database);
        second = RunningMixer.on(database);
        for (RunningMixer each : List.of(first, second)) {
            each.bean(QuotaBook.class).put(limits());
            eventually(() -> assertThat(each.bean(Members.class).count()).isEqualTo(2));
        }
    }

    @AfterEach
    void stop() {
        second.close();
        first.close();
    }

    @Test
    void aLimitIsOneForBoth() {
        try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
            for (int rule = 0; rule < RULES; rule++) {
                int asked = rule;
                long granted =
                        IntStream.range(0, 4 * LIMIT)
                                .mapToObj(
                                        i ->
                                                CompletableFuture.supplyAsync(
                                                        () ->
                                                                ask(
                                                                        i % 2 == 0 ? first : second,
                                                                        asked),
                                                        pool))
                                .toList()
                                .stream()
                                .filter(
                                        answer ->
                                                answer.join().getOverallCode()
                                                        == RateLimitResponse.Code.OK)
                                .count();

                assertThat(granted).as("of rule %d", rule).isEqualTo(LIMIT);
            }
        }
        assertThat(counted(first)).as("each counts some of the rules").isPositive();
        assertThat(counted(second)).isPositive();
        assertThat(counted(first) + counted(second)).isEqualTo(RULES * LIMIT);
    }

    @Test
    void whenOneIsGoneTheOtherCountsAlone() {
        second.close();

        for (int rule = 0; rule < RULES; rule++) {
            int asked = rule;
            assertThat(IntStream.range(0, 2 * LIMIT).mapToObj(_ -> ask(first, asked)))
                    .as("of rule %d", rule)
                    .filteredOn(answer -> answer.getOverallCode() == RateLimitResponse.Code.OK)
                    .hasSize(LIMIT);
        }
        eventually(() -> assertThat(first.bean(Members.class).count()).isEqualTo(1));
    }

    private static long counted(RunningMixer mixer) {
        return mixer.bean(QuotaBook.class).granted();
    }

    private static List<Limit> limits() {
        return IntStream.range(0, RULES)
                .mapToObj(
                        i ->
                                new Limit(
                                        "default/rule-" + i + "/0",
                                        "default/rule-" + i,
                                        LIMIT,
                                        Duration.ofHours(1)))
                .toList();
    }

    private static RateLimitResponse ask(RunningMixer mixer, int rule) {
        return RateLimitServiceGrpc.newBlockingStub(mixer.channel())
                .shouldRateLimit(
                        RateLimitRequest.newBuilder()
                                .setDomain("lateen")
                                .addDescriptors(
                                        RateLimitDescriptor.newBuilder()
                                                .addEntries(
                                                        RateLimitDescriptor.Entry.newBuilder()
                                                                .setKey("limit")
                                                                .setValue(
                                                                        "default/rule-"
                                                                                + rule
                                                                                + "/0")))
                                .build());
    }
}
