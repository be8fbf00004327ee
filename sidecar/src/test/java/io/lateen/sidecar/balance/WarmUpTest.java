package io.lateen.sidecar.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lateen.sidecar.plan.BalancingPlan;
import io.lateen.sidecar.plan.EndpointPlan;
import io.lateen.sidecar.plan.LbPolicy;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A new endpoint's share grows to its full size (DestinationRule {@code warmup}). */
class WarmUpTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private static BalancingPlan plan(LbPolicy policy, double aggression) {
        return new BalancingPlan(
                policy, 0, false, new BalancingPlan.WarmUp(60 * SECOND, aggression, 0.1));
    }

    private static Hosts threeOldAndOneNew(long seconds) {
        return Hosts.of(1, 1, 1)
                .add(1, EndpointPlan.Place.FIRST, Host.Standing.HEALTHY, seconds * SECOND);
    }

    @ParameterizedTest
    @CsvSource({
        // seconds since, aggression, its share of a full one in percent
        "0, 1, 10",
        "3, 1, 10",
        "15, 1, 25",
        "30, 1, 50",
        "59, 1, 98",
        "60, 1, 100",
        "15, 2, 50",
        "30, 0.5, 25",
    })
    void aNewHostsShareGrows(long seconds, double aggression, int percent) {
        double expected = Hosts.PICKS * percent / (300.0 + percent);
        for (LbPolicy policy :
                new LbPolicy[] {new LbPolicy.RoundRobin(), new LbPolicy.LeastRequest(2)}) {
            int[] counts = threeOldAndOneNew(seconds).picks(plan(policy, aggression));

            assertThat((double) counts[3]).as("%s", policy).isCloseTo(expected, within(150.0));
        }
    }

    @Test
    void hostsThatAreAllNewShareAlike() {
        Hosts hosts = new Hosts();
        for (int i = 0; i < 4; i++) {
            hosts.add(1, EndpointPlan.Place.FIRST, Host.Standing.HEALTHY, SECOND);
        }

        assertThat(hosts.picks(plan(new LbPolicy.RoundRobin(), 1))).containsOnly(2500);
    }

    @Test
    void algorithmsWithoutSharesThatGrowTakeANewHostAtOnce() {
        int[] counts = threeOldAndOneNew(1).picks(plan(new LbPolicy.Random(), 1));

        assertThat(counts[3]).isCloseTo(2500, within(150));
    }
}
