package io.lateen.sidecar.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lateen.sidecar.plan.BalancingPlan;
import io.lateen.sidecar.plan.LbPolicy;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checklist E9: shares of 10,000 picks, and what moves when a host goes. */
class DistributionTest {

    static List<LbPolicy> hashing() {
        return List.of(
                new LbPolicy.RingHash(1024, 8_388_608),
                new LbPolicy.RingHash(16_384, 8_388_608),
                new LbPolicy.Maglev(65_537));
    }

    @Test
    void roundRobinGivesEachItsTurn() {
        assertThat(Hosts.equal(8).picks(Hosts.ROUND_ROBIN)).containsOnly(Hosts.PICKS / 8);
    }

    @Test
    void roundRobinKeepsWeightsAtEveryMoment() {
        Hosts hosts = Hosts.of(1, 2, 7, 10);
        Balancer balancer = hosts.balancer(Hosts.ROUND_ROBIN);
        Choice any = Choice.any(new SplittableRandom(1));

        int[] counts = new int[4];
        for (int i = 1; i <= Hosts.PICKS; i++) {
            counts[balancer.pick(any)]++;
            assertThat(counts[3]).as("of %d", i).isCloseTo(i / 2, within(2));
            assertThat(counts[0]).as("of %d", i).isCloseTo(i / 20, within(2));
        }
    }

    @Test
    void randomKeepsWeights() {
        int[] counts = Hosts.of(1, 3, 6).picks(Hosts.plan(new LbPolicy.Random()));

        assertThat(counts[0]).isCloseTo(1000, within(100));
        assertThat(counts[1]).isCloseTo(3000, within(150));
        assertThat(counts[2]).isCloseTo(6000, within(150));
    }

    @Test
    void leastRequestKeepsWeightsWhileNobodyIsBusy() {
        int[] counts = Hosts.of(1, 1, 8).picks(Hosts.plan(new LbPolicy.LeastRequest(2)));

        assertThat(counts[0]).isCloseTo(1000, within(100));
        assertThat(counts[2]).isCloseTo(8000, within(150));
    }

    /** One of four hosts takes five times as long: it has as much under way and far less done. */
    @Test
    void leastRequestSparesTheSlow() {
        int[] active = new int[4];
        int[] counts = new int[4];
        List<ArrayDeque<Integer>> ends =
                List.of(
                        new ArrayDeque<>(),
                        new ArrayDeque<>(),
                        new ArrayDeque<>(),
                        new ArrayDeque<>());
        Balancer balancer =
                Hosts.equal(4)
                        .balancer(Hosts.plan(new LbPolicy.LeastRequest(2)), host -> active[host]);
        Choice any = Choice.any(new SplittableRandom(3));

        for (int now = 0; now < Hosts.PICKS; now++) {
            for (int host = 0; host < 4; host++) {
                while (!ends.get(host).isEmpty() && ends.get(host).peekFirst() <= now) {
                    ends.get(host).pollFirst();
                    active[host]--;
                }
            }
            int picked = balancer.pick(any);
            active[picked]++;
            counts[picked]++;
            ends.get(picked).addLast(now + (picked == 0 ? 100 : 20));
        }

        assertThat(counts[0]).as("of the slow one").isLessThan(1500);
        assertThat(counts[1]).as("of a quick one").isCloseTo(2900, within(300));
    }

    @ParameterizedTest
    @MethodSource("hashing")
    void consistentHashingSpreadsKeysAndKeepsThem(LbPolicy policy) {
        Hosts hosts = Hosts.equal(10);

        List<String> owners = hosts.owners(Hosts.plan(policy));

        assertThat(owners).isEqualTo(hosts.owners(Hosts.plan(policy)));
        for (int host = 0; host < 10; host++) {
            String name = hosts.host(host).plan().address().toString();
            assertThat(Collections.frequency(owners, name))
                    .as(name)
                    .isCloseTo(Hosts.PICKS / 10, within(Hosts.PICKS * 5 / 100));
        }
    }

    @ParameterizedTest
    @MethodSource("hashing")
    void consistentHashingKeepsWeights(LbPolicy policy) {
        Hosts hosts = Hosts.of(1, 1, 8);

        List<String> owners = hosts.owners(Hosts.plan(policy));

        assertThat(Collections.frequency(owners, hosts.host(2).plan().address().toString()))
                .isCloseTo(8000, within(500));
    }

    @ParameterizedTest
    @MethodSource("hashing")
    void consistentHashingMovesLittleWhenAHostGoes(LbPolicy policy) {
        Hosts hosts = Hosts.equal(10);
        String gone = hosts.host(4).plan().address().toString();

        List<String> before = hosts.owners(Hosts.plan(policy));
        List<String> after = hosts.without(4).owners(Hosts.plan(policy));

        int moved = 0;
        int movedForNothing = 0;
        for (int i = 0; i < Hosts.PICKS; i++) {
            if (!before.get(i).equals(after.get(i))) {
                moved++;
                movedForNothing += before.get(i).equals(gone) ? 0 : 1;
            }
        }
        assertThat(moved).as("about a tenth").isBetween(800, 1300);
        // A ring moves nothing else; a table a few per cent (the paper's §5.3).
        assertThat(movedForNothing)
                .as("of others")
                .isLessThanOrEqualTo(policy instanceof LbPolicy.Maglev ? 300 : 0);
    }

    @Test
    void aKeylessRequestGoesAnywhere() {
        int[] counts = Hosts.equal(4).picks(Hosts.plan(new LbPolicy.Maglev(65_537)));

        for (int count : counts) {
            assertThat(count).isCloseTo(2500, within(200));
        }
    }

    @Test
    void nobodyIsPickedWhereNobodyIs() {
        assertThat(Hosts.of().balancer(Hosts.ROUND_ROBIN)).isSameAs(Balancer.NONE);
        assertThat(
                        new Hosts()
                                .with(3, 3, io.lateen.sidecar.plan.EndpointPlan.Place.FIRST)
                                .balancer(new BalancingPlan(new LbPolicy.RoundRobin(), 0))
                                .pick(Choice.any(new SplittableRandom(1))))
                .isEqualTo(Balancer.NOBODY);
    }
}
