package io.lateen.manager.ads;

import static io.lateen.manager.ads.Targets.target;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The delta protocol, behaviour by behaviour. */
final class DeltaStreamTest {

    private final DeltaClient client = new DeltaClient();

    @Test
    void sendsClustersThenEndpointsThenListenersThenRoutesEachAfterTheAnswerToTheLast() {
        subscribeToAllOf("cds:a=1 eds:a=1 lds:l=1 rds:r=1", "a", "r");

        assertThat(client.accept()).isEqualTo("cds +a=1");
        assertThat(client.waiting()).isEqualTo(1);
        assertThat(client.accept()).isEqualTo("eds +a=1");
        assertThat(client.accept()).isEqualTo("lds +l=1");
        assertThat(client.listener.inForce).as("routes are not acknowledged yet").isEmpty();
        assertThat(client.accept()).isEqualTo("rds +r=1");
        assertThat(client.isQuiet()).isTrue();
        assertThat(client.listener.inForce).containsExactly(1L);
    }

    @Test
    void sendsOnlyWhatChanged() {
        inForce("cds:a=1 cds:b=1 eds:a=1 eds:b=1 lds:l=1 rds:r=1");

        client.manager.offer(target(2, "cds:a=1 cds:b=1 eds:a=1 eds:b=1 lds:l=1 rds:r=2"));

        assertThat(client.accept()).isEqualTo("rds +r=2");
        assertThat(client.isQuiet()).isTrue();
        assertThat(client.listener.inForce).containsExactly(1L, 2L);
    }

    @Test
    void aRevisionThatChangesNothingIsInForceAtOnce() {
        inForce("cds:a=1 eds:a=1 lds:l=1 rds:r=1");

        client.manager.offer(target(2, "cds:a=1 eds:a=1 lds:l=1 rds:r=1"));

        assertThat(client.isQuiet()).isTrue();
        assertThat(client.listener.inForce).containsExactly(1L, 2L);
    }

    @Test
    void takesAwayLastAndUsersBeforeWhatTheyUse() {
        inForce("cds:a=1 cds:b=1 eds:a=1 eds:b=1 lds:l=1 lds:m=1 rds:r=1 rds:s=1");

        client.manager.offer(target(2, "cds:b=1 cds:c=1 eds:b=1 eds:c=1 lds:l=1 rds:r=2"));

        assertThat(client.accept()).isEqualTo("cds +c=1");
        client.subscribe("eds", "c");
        assertThat(client.accept()).isEqualTo("eds +c=1");
        assertThat(client.accept()).isEqualTo("rds +r=2");
        assertThat(client.accept()).isEqualTo("lds -m");
        assertThat(client.accept()).isEqualTo("rds -s");
        assertThat(client.accept()).isEqualTo("cds -a");
        assertThat(client.accept()).isEqualTo("eds -a");
        assertThat(client.listener.inForce).containsExactly(1L, 2L);
    }

    @Test
    void waitsForTheEndpointsOfANewClusterToBeAskedForBeforeItSendsRoutes() {
        inForce("cds:a=1 eds:a=1 lds:l=1 rds:r=1");

        client.manager.offer(target(2, "cds:a=1 cds:b=1 eds:a=1 eds:b=1 lds:l=1 rds:r=2"));
        client.accept();

        assertThat(client.isQuiet()).as("routes wait for the endpoints of b").isTrue();
        client.subscribe("eds", "b");
        assertThat(client.accept()).isEqualTo("eds +b=1");
        assertThat(client.accept()).isEqualTo("rds +r=2");
    }

    @Test
    void goesOnWithoutAClientThatNeverAsksForEndpoints() {
        inForce("cds:a=1 eds:a=1 lds:l=1 rds:r=1");
        client.manager.offer(target(2, "cds:a=1 cds:b=1 eds:a=1 eds:b=1 lds:l=1 rds:r=2"));
        client.accept();

        client.timers.advance(Duration.ofMillis(400));

        assertThat(client.accept()).isEqualTo("rds +r=2");
    }

    @Test
    void answersANameAskedForLater() {
        client.manager.offer(target(1, "rds:r=1 rds:s=1"));
        client.subscribe("rds", "r");
        client.accept();

        client.subscribe("rds", "s");

        assertThat(client.accept()).isEqualTo("rds +s=1");
    }

    @Test
    void answersANameAskedForAgainEvenIfNothingChanged() {
        client.manager.offer(target(1, "rds:r=1"));
        client.subscribe("rds", "r");
        client.accept();

        client.subscribe("rds", "r");

        assertThat(client.accept()).isEqualTo("rds +r=1");
    }

    @Test
    void saysThatANameDoesNotExistAndSendsItWhenItDoes() {
        client.manager.offer(target(1, "rds:r=1"));
        client.subscribe("rds", "later");

        assertThat(client.accept()).isEqualTo("rds -later");
        assertThat(client.isQuiet()).isTrue();
        client.manager.offer(target(2, "rds:r=1 rds:later=1"));
        assertThat(client.accept()).isEqualTo("rds +later=1");
    }

    @Test
    void sendsNoMoreOfANameThatIsNoLongerWanted() {
        client.manager.offer(target(1, "rds:r=1 rds:s=1"));
        client.subscribe("rds", "r", "s");
        client.accept();

        client.unsubscribe("rds", "s");
        client.manager.offer(target(2, "rds:r=2 rds:s=2"));

        assertThat(client.accept()).isEqualTo("rds +r=2");
    }

    @Test
    void tellsWhetherANameGivenUpIsStillCoveredByTheWildcard() {
        client.manager.offer(target(1, "cds:a=1"));
        client.subscribe("cds", "*", "a", "b");
        client.accept();

        client.unsubscribe("cds", "a", "b");

        assertThat(client.accept()).isEqualTo("cds +a=1 -b");
    }

    @Test
    void endsTheWildcardWhenToldTo() {
        client.manager.offer(target(1, "cds:a=1 cds:b=1"));
        client.subscribe("cds", "*", "a");
        client.accept();

        client.unsubscribe("cds", "*");
        client.manager.offer(target(2, "cds:a=2 cds:b=2"));

        assertThat(client.accept()).isEqualTo("cds +a=2");
    }

    @Test
    void anEmptyFirstRequestForEndpointsAsksForNone() {
        client.manager.offer(target(1, "eds:a=1"));

        client.subscribe("eds");

        assertThat(client.isQuiet()).isTrue();
    }

    @Test
    void sendsNothingToAClientThatComesBackWithAllOfIt() {
        client.manager.offer(target(1, "cds:a=1 eds:a=1 lds:l=1 rds:r=1"));

        client.resume("cds", Map.of("a", "1"));
        client.resume("eds", Map.of("a", "1"), "a");
        client.resume("lds", Map.of("l", "1"));
        client.resume("rds", Map.of("r", "1"), "r");

        assertThat(client.isQuiet()).isTrue();
        assertThat(client.listener.inForce).containsExactly(1L);
    }

    @Test
    void sendsAClientThatComesBackWhatItMissedAndTakesAwayWhatIsGone() {
        client.manager.offer(target(1, "cds:a=2 cds:c=1"));

        client.resume("cds", Map.of("a", "1", "b", "1", "c", "1"));

        assertThat(client.accept()).isEqualTo("cds +a=2");
        assertThat(client.accept()).isEqualTo("cds -b");
    }

    @Test
    void aNewerSnapshotTakesThePlaceOfTheOneThatWaits() {
        inForce("cds:a=1 eds:a=1 lds:l=1 rds:r=1");
        client.manager.offer(target(2, "cds:a=1 eds:a=1 lds:l=1 rds:r=2"));

        client.manager.offer(target(3, "cds:a=1 eds:a=1 lds:l=1 rds:r=3"));
        client.manager.offer(target(4, "cds:a=1 eds:a=1 lds:l=1 rds:r=4"));

        assertThat(client.accept()).isEqualTo("rds +r=2");
        assertThat(client.accept()).isEqualTo("rds +r=4");
        assertThat(client.listener.inForce).containsExactly(1L, 2L, 4L);
    }

    @Test
    void aChangeOfEndpointsDoesNotWaitForAPushUnderway() {
        inForce("cds:a=1 eds:a=1 lds:l=1 rds:r=1");
        client.manager.offer(target(2, "cds:a=1 eds:a=1 lds:l=1 rds:r=2"));
        assertThat(client.receive()).isEqualTo("rds +r=2");

        client.manager.offer(target(2, "cds:a=1 eds:a=2 lds:l=1 rds:r=2"));

        assertThat(client.waiting()).as("routes unanswered, endpoints sent").isEqualTo(2);
        client.accept();
        assertThat(client.accept()).isEqualTo("eds +a=2");
    }

    @Test
    void keepsShowsAndRetriesARefusalAfterAPause() {
        inForce("cds:a=1 eds:a=1 lds:l=1 rds:r=1");
        client.manager.offer(target(2, "cds:a=1 eds:a=1 lds:l=1 rds:r=2"));

        client.reject("r: no such cluster");

        assertThat(client.listener.rejections).containsExactly("rds: r: no such cluster");
        assertThat(client.subscriptions.of(ResourceType.ROUTE).held())
                .as("the last good is what the client is known to hold")
                .containsExactly(Map.entry("r", "1"));
        client.timers.advance(Duration.ofMillis(900));
        assertThat(client.isQuiet()).as("no hot loop").isTrue();
        client.timers.advance(Duration.ofMillis(700));
        assertThat(client.reject("r: still none")).isEqualTo("rds +r=2");
        client.timers.advance(Duration.ofMillis(1_900));
        assertThat(client.isQuiet()).as("the second pause is twice as long").isTrue();
        client.timers.advance(Duration.ofMillis(1_200));
        assertThat(client.accept()).isEqualTo("rds +r=2");
        assertThat(client.listener.inForce).containsExactly(1L, 2L);
    }

    @Test
    void aNewRevisionWithTheSameRefusedContentDoesNotRetryIt() {
        inForce("cds:a=1 eds:a=1 lds:l=1 rds:r=1 rds:s=1");
        client.manager.offer(target(2, "cds:a=1 eds:a=1 lds:l=1 rds:r=2 rds:s=1"));
        client.reject("bad");

        client.manager.offer(target(3, "cds:a=1 eds:a=1 lds:l=1 rds:r=2 rds:s=1"));

        assertThat(client.isQuiet()).isTrue();
        assertThat(client.listener.inForce).as("3 is not in force either").containsExactly(1L);
    }

    @Test
    void aRefusalIsOverAsSoonAsTheTargetChanges() {
        inForce("cds:a=1 eds:a=1 lds:l=1 rds:r=1");
        client.manager.offer(target(2, "cds:a=1 eds:a=1 lds:l=1 rds:r=2"));
        client.reject("bad");

        client.manager.offer(target(3, "cds:a=1 eds:a=1 lds:l=1 rds:r=3"));

        assertThat(client.accept()).isEqualTo("rds +r=3");
        assertThat(client.listener.inForce).containsExactly(1L, 3L);
    }

    @Test
    void sendsTheOldVersionAgainWhenARefusedOneIsTakenBack() {
        inForce("cds:a=1 eds:a=1 lds:l=1 rds:r=1");
        client.manager.offer(target(2, "cds:a=1 eds:a=1 lds:l=1 rds:r=2"));
        client.reject("bad");

        client.manager.offer(target(3, "cds:a=1 eds:a=1 lds:l=1 rds:r=1"));

        assertThat(client.accept()).as("it may have taken a part").isEqualTo("rds +r=1");
        assertThat(client.listener.inForce).containsExactly(1L, 3L);
    }

    @Test
    void aRefusedClusterHoldsBackRoutesButNotEndpoints() {
        inForce("cds:a=1 eds:a=1 lds:l=1 rds:r=1");
        client.manager.offer(target(2, "cds:a=1 cds:b=1 eds:a=1 eds:b=1 lds:l=1 rds:r=2"));
        client.reject("b: bad");

        client.manager.offer(target(2, "cds:a=1 cds:b=1 eds:a=2 eds:b=1 lds:l=1 rds:r=2"));

        assertThat(client.accept()).isEqualTo("eds +a=2");
        assertThat(client.isQuiet()).as("r may need b").isTrue();
    }

    @Test
    void aRefusedListenerHoldsBackRemovalsButNotRoutes() {
        inForce("cds:a=1 cds:b=1 eds:a=1 eds:b=1 lds:l=1 rds:r=1");
        client.manager.offer(target(2, "cds:a=1 eds:a=1 lds:l=2 rds:r=2"));
        client.reject("l: port in use");

        assertThat(client.accept()).isEqualTo("rds +r=2");
        assertThat(client.isQuiet()).as("the old listener may need b").isTrue();
        assertThat(client.listener.inForce).containsExactly(1L);
    }

    @Test
    void ignoresAnAnswerToAResponseThatIsNotTheLast() {
        client.manager.offer(target(1, "cds:a=1"));
        client.subscribe("cds");

        client.manager.accepted(ResourceType.CLUSTER, "ffff");

        assertThat(client.subscriptions.of(ResourceType.CLUSTER).held()).isEmpty();
        assertThat(client.waiting()).isEqualTo(1);
    }

    @Test
    void endsTheStreamOfAClientThatDoesNotAnswer() {
        client.manager.offer(target(1, "cds:a=1"));
        client.subscribe("cds");

        client.timers.advance(Duration.ofSeconds(60));

        assertThat(client.listener.stuck).containsExactly(ResourceType.CLUSTER);
    }

    private void subscribeToAllOf(String resources, String endpoints, String routes) {
        client.manager.offer(target(1, resources));
        client.subscribe("cds");
        client.subscribe("lds");
        client.subscribe("eds", endpoints.split(" ", -1));
        client.subscribe("rds", routes.split(" ", -1));
    }

    private void inForce(String resources) {
        Push target = target(1, resources);
        client.manager.offer(target);
        client.subscribe("cds");
        client.subscribe("eds", target.of(ResourceType.ENDPOINT).keySet().toArray(String[]::new));
        client.subscribe("lds");
        client.subscribe("rds", target.of(ResourceType.ROUTE).keySet().toArray(String[]::new));
        while (!client.isQuiet()) {
            client.accept();
        }
        assertThat(client.listener.inForce).containsExactly(1L);
    }
}
