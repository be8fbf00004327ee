package io.lateen.sidecar.upstream;

import io.lateen.sidecar.plan.ClusterPlan;
import io.lateen.sidecar.plan.LbPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Decides which endpoints count: the usable ones of the first priority, more priorities as those
 * before grow thin (Envoy's overprovisioning of 1.4), and all of them in a panic.
 */
final class Priorities implements Balancer {
    private static final int OVERPROVISIONING = 140;

    private final List<Balancer> balancers;
    private final int[] shares;

    private Priorities(List<Balancer> balancers, int[] shares) {
        this.balancers = balancers;
        this.shares = shares;
    }

    /** A balancer over those of {@code all} that may be used. */
    static Balancer over(List<Endpoint> all, ClusterPlan plan, RandomGenerator random) {
        if (all.isEmpty()) {
            return Balancer.NONE;
        }
        SortedMap<Integer, List<Endpoint>> known = new TreeMap<>();
        int usable = 0;
        for (Endpoint each : all) {
            known.computeIfAbsent(each.priority(), _ -> new ArrayList<>()).add(each);
            usable += each.usable() ? 1 : 0;
        }
        if (usable * 100 < plan.panicPercent() * all.size()) {
            return balancer(all, plan.balancing(), random);
        }
        List<Balancer> balancers = new ArrayList<>();
        List<Integer> shares = new ArrayList<>();
        int left = 100;
        for (List<Endpoint> group : known.values()) {
            List<Endpoint> good = group.stream().filter(Endpoint::usable).toList();
            int share = Math.min(left, OVERPROVISIONING * good.size() / group.size());
            if (share > 0) {
                balancers.add(balancer(good, plan.balancing(), random));
                shares.add(share);
                left -= share;
            }
        }
        if (balancers.size() <= 1) {
            return balancers.isEmpty() ? Balancer.NONE : balancers.getFirst();
        }
        // What no group can take is spread over those that there are.
        return new Priorities(balancers, shares.stream().mapToInt(Integer::intValue).toArray());
    }

    @Override
    public @Nullable Endpoint pick(Choice choice) {
        int total = 0;
        for (int share : shares) {
            total += share;
        }
        int point = choice.random().nextInt(total);
        for (int i = 0; ; i++) {
            point -= shares[i];
            if (point < 0) {
                return balancers.get(i).pick(choice);
            }
        }
    }

    private static Balancer balancer(
            List<Endpoint> endpoints, LbPolicy policy, RandomGenerator random) {
        Endpoint[] array = endpoints.toArray(Endpoint[]::new);
        if (array.length == 1) {
            return _ -> array[0];
        }
        return switch (policy) {
            case LbPolicy.LeastRequest(int choices) -> new LeastRequest(array, choices);
            case LbPolicy.RoundRobin() -> new RoundRobin(array, random);
            case LbPolicy.Random() -> {
                Weighted weighted = new Weighted(array);
                yield choice -> array[weighted.draw(choice.random())];
            }
            case LbPolicy.RingHash(long minimum, long maximum) -> new Ring(array, minimum, maximum);
            case LbPolicy.Maglev(long size) -> new MaglevTable(array, (int) size);
            case LbPolicy.ByDiscovery() -> new RoundRobin(array, random);
        };
    }
}
