package io.lateen.manager.ads;

import static io.lateen.manager.ads.Targets.target;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The state-of-the-world protocol, behaviour by behaviour. */
final class SotwStreamTest {

    private final SotwClient client = new SotwClient();

    @Test
    void sendsAllClustersAndListenersAndTheRoutesThatAreNamed() {
        client.manager.offer(target(1, "cds:a=1 cds:b=1 eds:a=1 lds:l=1 rds:r=1 rds:s=1"));
        client.subscribe("cds");
        client.subscribe("lds");
        client.subscribe("eds", "a");
        client.subscribe("rds", "r");

        assertThat(client.accept()).isEqualTo("cds a=1 b=1");
        assertThat(client.accept()).isEqualTo("eds a=1");
        assertThat(client.accept()).isEqualTo("lds l=1");
        assertThat(client.accept()).isEqualTo("rds r=1");
        assertThat(client.isQuiet()).isTrue();
    }

    @Test
    void aChangedClusterComesWithAllTheOthersAChangedRouteAlone() {
        inForce("cds:a=1 cds:b=1 eds:a=1 eds:b=1 lds:l=1 rds:r=1 rds:s=1");

        client.manager.offer(target(2, "cds:a=1 cds:b=2 eds:a=1 eds:b=1 lds:l=1 rds:r=1 rds:s=2"));

        assertThat(client.accept()).isEqualTo("cds a=1 b=2");
        assertThat(client.accept()).isEqualTo("rds s=2");
        assertThat(client.listener.inForce).containsExactly(1L, 2L);
    }

    @Test
    void keepsAClusterInTheSetUntilTheRoutesNoLongerNeedIt() {
        inForce("cds:a=1 eds:a=1 lds:l=1 rds:r=1");

        client.manager.offer(target(2, "cds:b=1 eds:b=1 lds:l=1 rds:r=2"));

        assertThat(client.accept()).isEqualTo("cds a=1 b=1");
        client.subscribe("eds", "a", "b");
        assertThat(client.accept()).isEqualTo("eds b=1");
        assertThat(client.accept()).isEqualTo("rds r=2");
        assertThat(client.accept()).isEqualTo("cds b=1");
        assertThat(client.isQuiet()).isTrue();
        assertThat(client.listener.inForce).containsExactly(1L, 2L);
    }

    @Test
    void answersANameAskedForLaterWithThatAlone() {
        client.manager.offer(target(1, "eds:a=1 eds:b=1"));
        client.subscribe("eds", "a");
        client.accept();

        client.subscribe("eds", "a", "b");

        assertThat(client.accept()).isEqualTo("eds b=1");
    }

    @Test
    void aListenerThatDoesNotExistIsAnsweredWithASetWithoutIt() {
        client.manager.offer(target(1, "lds:l=1"));

        client.subscribe("lds", "other:80");

        assertThat(client.accept()).isEqualTo("lds");
    }

    @Test
    void anEmptyRequestAfterNamesWantsNothingMore() {
        client.manager.offer(target(1, "lds:l=1 lds:m=1"));
        client.subscribe("lds", "l");
        client.accept();

        client.subscribe("lds");
        client.manager.offer(target(2, "lds:l=2 lds:m=2"));

        assertThat(client.isQuiet()).isTrue();
    }

    @Test
    void aRequestThatAnswersAnOvertakenResponseChangesNothing() {
        client.manager.offer(target(1, "rds:r=1"));
        client.subscribe("rds", "r");
        client.accept();
        client.manager.offer(target(2, "rds:r=2"));

        client.send("rds", request -> request.setResponseNonce("1").clearResourceNames());

        assertThat(client.accept()).isEqualTo("rds r=2");
        assertThat(client.subscriptions.of(ResourceType.ROUTE).held())
                .containsExactly(Map.entry("r", "2"));
    }

    @Test
    void sendsNothingToAClientThatComesBackWithAllOfIt() {
        inForce("cds:a=1 eds:a=1 lds:l=1 rds:r=1");

        SotwClient again = new SotwClient();
        again.manager.offer(target(7, "cds:a=1 eds:a=1 lds:l=1 rds:r=1"));
        again.resume("cds", client.version("cds"));
        again.resume("eds", client.version("eds"), "a");
        again.resume("lds", client.version("lds"));
        again.resume("rds", client.version("rds"), "r");

        assertThat(again.isQuiet()).isTrue();
        assertThat(again.listener.inForce).containsExactly(7L);
    }

    @Test
    void sendsAllToAClientThatComesBackWithSomethingElse() {
        client.manager.offer(target(1, "cds:a=1 cds:b=1"));

        client.resume("cds", "1234");

        assertThat(client.accept()).isEqualTo("cds a=1 b=1");
    }

    @Test
    void keepsShowsAndRetriesARefusalAfterAPause() {
        inForce("cds:a=1 eds:a=1 lds:l=1 rds:r=1");
        client.manager.offer(target(2, "cds:a=1 cds:b=1 eds:a=1 eds:b=1 lds:l=1 rds:r=1"));

        assertThat(client.reject("b: bad")).isEqualTo("cds a=1 b=1");

        assertThat(client.listener.rejections).containsExactly("cds: b: bad");
        client.timers.advance(Duration.ofMillis(900));
        assertThat(client.isQuiet()).as("no hot loop").isTrue();
        client.timers.advance(Duration.ofMillis(700));
        assertThat(client.reject("b: bad")).isEqualTo("cds a=1 b=1");
        client.manager.offer(target(3, "cds:a=1 eds:a=1 lds:l=1 rds:r=1"));
        assertThat(client.accept()).as("what the client may have taken").isEqualTo("cds a=1");
        assertThat(client.listener.inForce).containsExactly(1L, 3L);
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
