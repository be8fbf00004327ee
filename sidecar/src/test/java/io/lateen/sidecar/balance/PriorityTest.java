package io.lateen.sidecar.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lateen.sidecar.plan.BalancingPlan;
import io.lateen.sidecar.plan.EndpointPlan;
import io.lateen.sidecar.plan.LbPolicy;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** E19, E44: which priority and which locality takes how much, by Envoy's rules. */
class PriorityTest {

    private static EndpointPlan.Place priority(int of) {
        return new EndpointPlan.Place(of, "", 1);
    }

    private static EndpointPlan.Place locality(int priority, String name, int weight) {
        return new EndpointPlan.Place(priority, name, weight);
    }

    private static int sum(int[] counts, int from, int to) {
        return IntStream.range(from, to).map(i -> counts[i]).sum();
    }

    /** Percent of healthy hosts of two priorities, and the percent of traffic that each takes. */
    @ParameterizedTest
    @CsvSource({
        "100, 100, 100, 0",
        "72, 72, 100, 0",
        "71, 71, 99, 1",
        "50, 50, 70, 30",
        "25, 100, 35, 65",
        "25, 25, 50, 50",
        "0, 100, 0, 100",
        "0, 10, 0, 100",
        "10, 0, 100, 0",
    })
    void aPriorityOverflowsIntoTheNext(int first, int second, int takes, int leaves) {
        Hosts hosts =
                new Hosts()
                        .with(100, 100 - first, priority(0))
                        .with(100, 100 - second, priority(1));

        int[] counts = hosts.picks(Hosts.ROUND_ROBIN);

        assertThat(sum(counts, 0, 100)).isCloseTo(takes * 100, within(150));
        assertThat(sum(counts, 100, 200)).isCloseTo(leaves * 100, within(150));
        assertThat(sum(counts, first, 100)).as("of hosts that are out").isZero();
    }

    @Test
    void degradedHostsTakeWhatHealthyOnesOfAnyPriorityDoNot() {
        Hosts hosts = new Hosts();
        for (int i = 0; i < 10; i++) {
            Host.Standing first = i < 3 ? Host.Standing.HEALTHY : Host.Standing.DEGRADED;
            hosts.add(1, priority(0), first, Long.MAX_VALUE);
        }
        hosts.with(10, 7, priority(1));

        int[] counts = hosts.picks(Hosts.ROUND_ROBIN);

        assertThat(sum(counts, 0, 3)).isCloseTo(4200, within(150));
        assertThat(sum(counts, 10, 13)).isCloseTo(4200, within(150));
        assertThat(sum(counts, 3, 10)).as("degraded").isCloseTo(1600, within(150));
    }

    @Test
    void withoutAPanicThresholdNobodyWhoIsOutIsUsed() {
        Hosts hosts = new Hosts().with(10, 9, priority(0));

        int[] counts = hosts.picks(Hosts.ROUND_ROBIN);

        assertThat(counts[0]).isEqualTo(Hosts.PICKS);
    }

    @Test
    void inAPanicAllAreUsed() {
        Hosts hosts = new Hosts().with(10, 6, priority(0));
        BalancingPlan at50 = new BalancingPlan(new LbPolicy.RoundRobin(), 50);
        BalancingPlan at40 = new BalancingPlan(new LbPolicy.RoundRobin(), 40);

        assertThat(hosts.picks(at50)).as("40 of 50").containsOnly(1000);
        assertThat(sum(hosts.picks(at40), 4, 10)).as("40 of 40").isZero();
    }

    @Test
    void noPriorityPanicsWhileAnotherCarriesItsTraffic() {
        Hosts hosts = new Hosts().with(10, 9, priority(0)).with(10, 0, priority(1));

        int[] counts = hosts.picks(new BalancingPlan(new LbPolicy.RoundRobin(), 50));

        assertThat(counts[0]).isCloseTo(1400, within(150));
        assertThat(sum(counts, 1, 10)).isZero();
        assertThat(sum(counts, 10, 20)).isCloseTo(8600, within(150));
    }

    @Test
    void inATotalPanicEachPriorityTakesByItsHosts() {
        Hosts hosts = new Hosts().with(30, 30, priority(0)).with(10, 10, priority(1));

        int[] counts = hosts.picks(new BalancingPlan(new LbPolicy.RoundRobin(), 50));

        assertThat(sum(counts, 0, 30)).isCloseTo(7500, within(150));
        assertThat(sum(counts, 30, 40)).isCloseTo(2500, within(150));
    }

    @Test
    void aRetryLeavesThePrioritiesThatWereTriedWhileThereAreOthers() {
        Hosts hosts = new Hosts().with(2, 0, priority(0)).with(2, 0, priority(1));
        Balancer balancer = hosts.balancer(Hosts.ROUND_ROBIN);
        Choice any = Choice.any(new SplittableRandom(9));

        assertThat(sum(hosts.picks(balancer, any), 0, 2)).isEqualTo(Hosts.PICKS);
        assertThat(sum(hosts.picks(balancer, any.avoiding(1)), 2, 4)).isEqualTo(Hosts.PICKS);
        assertThat(sum(hosts.picks(balancer, any.avoiding(3)), 0, 2))
                .as("with all of them tried, as at first")
                .isEqualTo(Hosts.PICKS);
    }

    @Test
    void aKeyKeepsItsPriorityAndItsHost() {
        Hosts hosts = new Hosts().with(10, 5, priority(0)).with(10, 0, priority(1));
        Balancer balancer = hosts.balancer(Hosts.plan(new LbPolicy.Maglev(65_537)));

        for (int key = 0; key < 1000; key++) {
            Choice choice = Choice.hashed(new SplittableRandom(key), Hash.of("user-" + key));
            assertThat(balancer.pick(choice)).isEqualTo(balancer.pick(choice));
        }
    }

    @ParameterizedTest
    @CsvSource({
        // all well: by weight; half of the first gone: 80 * 1.4/2 = 56 against 20
        "0, 8000, 2000",
        "2, 8000, 2000",
        "5, 7368, 2632",
        "10, 0, 10000",
    })
    void localitiesTakeByWeightAndHealth(int out, int near, int far) {
        Hosts hosts =
                new Hosts()
                        .with(10, out, locality(0, "west/a", 80))
                        .with(3, 0, locality(0, "west/b", 20))
                        .with(3, 0, locality(0, "west/c", 0));
        for (LbPolicy policy :
                new LbPolicy[] {
                    new LbPolicy.LeastRequest(2), new LbPolicy.RoundRobin(), new LbPolicy.Random()
                }) {
            int[] counts = hosts.picks(new BalancingPlan(policy, 0, true, null));

            assertThat(sum(counts, 0, 10)).as("%s", policy).isCloseTo(near, within(200));
            assertThat(sum(counts, 10, 13)).as("%s", policy).isCloseTo(far, within(200));
            assertThat(sum(counts, 13, 16)).as("without a weight").isZero();
        }
    }

    @Test
    void hashedKeysFollowTheWeightsOfLocalitiesAndStay() {
        Hosts hosts =
                new Hosts()
                        .with(10, 0, locality(0, "west/a", 80))
                        .with(3, 0, locality(0, "west/b", 20));
        BalancingPlan plan = new BalancingPlan(new LbPolicy.Maglev(65_537), 0, true, null);

        var owners = hosts.owners(plan);

        assertThat(owners).isEqualTo(hosts.owners(plan));
        assertThat(owners.stream().filter(o -> o.matches(".*10\\.0\\.0\\.(11|12|13):.*")).count())
                .isCloseTo(2000, within(250L));
    }

    @Test
    void withoutLocalityWeightsAllHostsAreAlike() {
        Hosts hosts =
                new Hosts()
                        .with(1, 0, locality(0, "west/a", 80))
                        .with(3, 0, locality(0, "west/b", 20));

        assertThat(hosts.picks(Hosts.ROUND_ROBIN)).containsOnly(2500);
    }
}
