package io.lateen.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.testkit.clock.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When keys are fetched, and what holds while they cannot be. */
final class SigningKeysTest {
    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-24T12:00:00Z"));
    private final Portal portal = new Portal();
    private final SigningKeys keys =
            new SigningKeys(new HttpKeySource(portal.keySet(), Optional.empty()), clock);

    @AfterEach
    void stop() {
        portal.close();
    }

    @Test
    void fetchesOnceForManyTokens() {
        for (int time = 0; time < 100; time++) {
            assertThat(keys.find("first")).isPresent();
        }

        assertThat(portal.fetches).hasValue(1);
    }

    @Test
    void holdsPublicKeysAlone() {
        assertThat(keys.find("first").orElseThrow().isPrivate()).isFalse();
    }

    @Test
    void learnsANewKeyWhenItIsUsed() {
        keys.find("first");
        portal.rotate("second");
        clock.advance(Duration.ofSeconds(10));

        assertThat(keys.find("second")).isPresent();
        assertThat(portal.fetches).hasValue(2);
    }

    @Test
    void guessedKeysCostOneFetchInTenSeconds() {
        for (int guess = 0; guess < 50; guess++) {
            assertThat(keys.find("guess-" + guess)).isEmpty();
        }
        assertThat(portal.fetches).hasValue(1);

        clock.advance(Duration.ofSeconds(10));
        for (int guess = 0; guess < 50; guess++) {
            assertThat(keys.find("guess-" + guess)).isEmpty();
        }
        assertThat(portal.fetches).hasValue(2);
    }

    @Test
    void theLastKeysStayGoodWhileThePortalIsAway() {
        keys.find("first");
        portal.fail(503);
        clock.advance(Duration.ofHours(3));

        assertThat(keys.find("first")).isPresent();
        assertThat(portal.fetches).as("it was asked").hasValue(2);
    }

    @Test
    void nonsenseFromThePortalTakesNoKeyAway() {
        keys.find("first");
        portal.serve("<html>sign in</html>");
        clock.advance(Duration.ofMinutes(6));

        assertThat(keys.find("first")).isPresent();
    }

    @Test
    void aWithdrawnKeyIsGoneAfterFiveMinutes() {
        keys.find("first");
        portal.serve("{\"keys\":[]}");

        clock.advance(Duration.ofMinutes(5).plusSeconds(1));

        assertThat(keys.find("first")).isEmpty();
    }

    @Test
    void readsNoMoreThanAKeySetCanBe() {
        portal.serve("{\"keys\":[]}" + " ".repeat(70_000));

        assertThat(keys.find("first")).isEmpty();
    }
}
