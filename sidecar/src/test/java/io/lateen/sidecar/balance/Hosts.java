package io.lateen.sidecar.balance;

import io.lateen.sidecar.exchange.WorkloadFacts;
import io.lateen.sidecar.plan.BalancingPlan;
import io.lateen.sidecar.plan.EndpointPlan;
import io.lateen.sidecar.plan.LbPolicy;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Hosts and picks for tests: 10,000 of them, from a seed. */
final class Hosts {
    static final int PICKS = 10_000;
    static final BalancingPlan ROUND_ROBIN = plan(new LbPolicy.RoundRobin());

    private final List<Host> all = new ArrayList<>();

    static Hosts of(int... weights) {
        Hosts hosts = new Hosts();
        for (int weight : weights) {
            hosts.add(weight, EndpointPlan.Place.FIRST, Host.Standing.HEALTHY, Long.MAX_VALUE);
        }
        return hosts;
    }

    static Hosts equal(int count) {
        int[] weights = new int[count];
        java.util.Arrays.fill(weights, 1);
        return of(weights);
    }

    static BalancingPlan plan(LbPolicy policy) {
        return new BalancingPlan(policy, 0);
    }

    /** Some hosts in one place, of which the last {@code out} may not be used. */
    Hosts with(int count, int out, EndpointPlan.Place place) {
        for (int i = 0; i < count; i++) {
            add(
                    1,
                    place,
                    i < count - out ? Host.Standing.HEALTHY : Host.Standing.OUT,
                    Long.MAX_VALUE);
        }
        return this;
    }

    Hosts add(int weight, EndpointPlan.Place place, Host.Standing standing, long usedForNanos) {
        EndpointPlan plan =
                new EndpointPlan(
                        new InetSocketAddress("10.0.0." + (all.size() + 1), 8080),
                        weight,
                        EndpointPlan.Health.HEALTHY,
                        place,
                        WorkloadFacts.UNKNOWN,
                        Map.of());
        all.add(new Host(plan, standing, usedForNanos));
        return this;
    }

    /** The same hosts without one of them, which keep their addresses. */
    Hosts without(int host) {
        Hosts fewer = new Hosts();
        fewer.all.addAll(all);
        fewer.all.remove(host);
        return fewer;
    }

    Host host(int number) {
        return all.get(number);
    }

    Balancer balancer(BalancingPlan plan) {
        return balancer(plan, _ -> 0);
    }

    Balancer balancer(BalancingPlan plan, Outstanding outstanding) {
        return Balancing.over(all, plan, outstanding, new SplittableRandom(11));
    }

    /** How often each host is picked for requests of which nothing is known. */
    int[] picks(BalancingPlan plan) {
        return picks(balancer(plan), Choice.any(new SplittableRandom(23)));
    }

    int[] picks(Balancer balancer, Choice choice) {
        int[] counts = new int[all.size()];
        for (int i = 0; i < PICKS; i++) {
            counts[balancer.pick(choice)]++;
        }
        return counts;
    }

    /** Which host, by its address, each of 10,000 keys goes to. */
    List<String> owners(BalancingPlan plan) {
        Balancer balancer = balancer(plan);
        SplittableRandom random = new SplittableRandom(5);
        List<String> owners = new ArrayList<>();
        for (int i = 0; i < PICKS; i++) {
            int host = balancer.pick(Choice.hashed(random, Hash.of("user-" + i)));
            owners.add(all.get(host).plan().address().toString());
        }
        return owners;
    }
}
