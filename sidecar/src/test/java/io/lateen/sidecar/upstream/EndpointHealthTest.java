package io.lateen.sidecar.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.sidecar.plan.OutlierPlan;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

/** Checklist E18: for how long an endpoint is left out. */
class EndpointHealthTest {
    private static final OutlierPlan PLAN = new OutlierPlan(5, 0, 0, false, 1, 30, 100, 10);

    private final EndpointHealth health =
            new EndpointHealth(InetSocketAddress.createUnresolved("app", 80), 0);

    private long ejectedFor() {
        long time = health.eject(PLAN);
        health.readmit();
        return time;
    }

    @Test
    void eachEjectionIsLongerUpToTheLongest() {
        assertThat(ejectedFor()).isEqualTo(30);
        assertThat(ejectedFor()).isEqualTo(60);
        assertThat(ejectedFor()).isEqualTo(90);
        assertThat(ejectedFor()).isEqualTo(100);
        assertThat(ejectedFor()).isEqualTo(100);
    }

    @Test
    void eachIntervalInPeaceMakesTheNextOneShorter() {
        ejectedFor();
        ejectedFor();
        ejectedFor();

        assertThat(health.forgive(health.bouts())).as("two are left").isTrue();
        assertThat(health.forgive(health.bouts())).as("one is left").isTrue();
        assertThat(ejectedFor()).isEqualTo(60);
    }

    @Test
    void nothingIsLeftToForgiveInTheEnd() {
        ejectedFor();

        assertThat(health.forgive(health.bouts())).isFalse();
        assertThat(ejectedFor()).isEqualTo(30);
    }

    @Test
    void whoFailedAgainIsNotForgivenForTheTimeBefore() {
        ejectedFor();
        int before = health.bouts();
        ejectedFor();

        assertThat(health.forgive(before)).isFalse();
        assertThat(ejectedFor()).isEqualTo(90);
    }

    @Test
    void whoIsLeftOutIsNotForgiven() {
        health.eject(PLAN);

        assertThat(health.forgive(health.bouts())).isFalse();
        assertThat(health.eject(PLAN)).as("it is out already").isZero();
    }
}
