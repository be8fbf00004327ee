package io.lateen.sidecar.balance;

import io.lateen.sidecar.plan.BalancingPlan;
import io.lateen.sidecar.plan.EndpointPlan;
import io.lateen.sidecar.plan.LbPolicy;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Makes the balancer over a cluster's hosts. */
public final class Balancing {
    /** Weights are multiplied by this where parts of them count. */
    private static final double FINE = 1_000;

    /** Parts of the whole where weights of hosts and localities are combined. */
    private static final double WHOLE = 1_000_000;

    private static final double OVERPROVISIONING = 1.4;

    private final List<Host> hosts;
    private final BalancingPlan plan;
    private final Outstanding outstanding;
    private final RandomGenerator random;
    private final boolean warming;

    private Balancing(
            List<Host> hosts, BalancingPlan plan, Outstanding outstanding, RandomGenerator random) {
        this.hosts = hosts;
        this.plan = plan;
        this.outstanding = outstanding;
        this.random = random;
        this.warming = isWarming(hosts, plan);
    }

    /**
     * A balancer over hosts, which are numbered in their order.
     *
     * @param outstanding what least-request goes by
     * @param random where round robin begins
     */
    public static Balancer over(
            List<Host> hosts, BalancingPlan plan, Outstanding outstanding, RandomGenerator random) {
        return new Balancing(hosts, plan, outstanding, random).balancer();
    }

    /** Whether shares change with time alone: then the balancer is made anew every now and then. */
    public static boolean isWarming(List<Host> hosts, BalancingPlan plan) {
        BalancingPlan.WarmUp warmUp = plan.warmUp();
        if (warmUp == null || !warms(plan.policy())) {
            return false;
        }
        for (Host host : hosts) {
            if (host.standing() != Host.Standing.OUT
                    && host.usedForNanos() < warmUp.windowNanos()) {
                return true;
            }
        }
        return false;
    }

    // Envoy's: the others know no shares that grow.
    private static boolean warms(LbPolicy policy) {
        return policy instanceof LbPolicy.RoundRobin || policy instanceof LbPolicy.LeastRequest;
    }

    private Balancer balancer() {
        int priorities = 0;
        for (Host host : hosts) {
            priorities = Math.max(priorities, host.plan().priority() + 1);
        }
        if (priorities == 0) {
            return Balancer.NONE;
        }
        PriorityLoads.Census[] census = new PriorityLoads.Census[priorities];
        Balancer[] healthy = new Balancer[priorities];
        Balancer[] degraded = new Balancer[priorities];
        Balancer[] everybody = new Balancer[priorities];
        for (int i = 0; i < priorities; i++) {
            List<Integer> all = new ArrayList<>();
            List<Integer> good = new ArrayList<>();
            List<Integer> fair = new ArrayList<>();
            sort(i, all, good, fair);
            census[i] = new PriorityLoads.Census(good.size(), fair.size(), all.size());
            healthy[i] = plan.byLocality() ? byLocality(good, all) : group(good);
            degraded[i] = plan.byLocality() ? byLocality(fair, all) : group(fair);
            everybody[i] = plan.panicPercent() > 0 ? group(all) : Balancer.NONE;
        }
        // One priority whose hosts are all well is the common case, and needs no dice.
        return priorities == 1 && census[0].healthy() == census[0].total()
                ? healthy[0]
                : new Priorities(census, plan.panicPercent(), healthy, degraded, everybody);
    }

    private void sort(int priority, List<Integer> all, List<Integer> good, List<Integer> fair) {
        for (int i = 0; i < hosts.size(); i++) {
            if (hosts.get(i).plan().priority() == priority) {
                all.add(i);
                switch (hosts.get(i).standing()) {
                    case HEALTHY -> good.add(i);
                    case DEGRADED -> fair.add(i);
                    case OUT -> {}
                }
            }
        }
    }

    private Balancer group(List<Integer> members) {
        if (members.isEmpty()) {
            return Balancer.NONE;
        }
        return algorithm(members, members.stream().mapToLong(this::weight).toArray());
    }

    /**
     * A locality's weight counts in full while 100/1.4 = 71 % of its hosts may be used, then in
     * proportion; one without a weight gets nothing (Envoy's locality weighted balancing).
     */
    private Balancer byLocality(List<Integer> usable, List<Integer> all) {
        Map<String, List<Integer>> members = new TreeMap<>();
        Map<String, Integer> known = new TreeMap<>();
        all.forEach(host -> known.merge(place(host).locality(), 1, Integer::sum));
        for (int host : usable) {
            if (place(host).weight() > 0) {
                members.computeIfAbsent(place(host).locality(), _ -> new ArrayList<>()).add(host);
            }
        }
        if (members.isEmpty()) {
            return Balancer.NONE;
        }
        double[] shares =
                members.entrySet().stream()
                        .mapToDouble(
                                each ->
                                        share(
                                                place(each.getValue().getFirst()),
                                                each.getValue().size(),
                                                known.getOrDefault(each.getKey(), 1)))
                        .toArray();
        List<List<Integer>> groups = List.copyOf(members.values());
        if (plan.policy().hashes()) {
            return hashedOver(groups, shares);
        }
        double sum = Arrays.stream(shares).sum();
        Balancer[] balancers = groups.stream().map(this::group).toArray(Balancer[]::new);
        long[] weights =
                Arrays.stream(shares)
                        .mapToLong(share -> Math.max(1, Math.round(WHOLE * share / sum)))
                        .toArray();
        return balancers.length == 1 ? balancers[0] : new Localities(balancers, weights);
    }

    private static double share(EndpointPlan.Place place, int usable, int known) {
        return place.weight() * Math.min(1, OVERPROVISIONING * usable / known);
    }

    // One ring or table over all, so that a key keeps its host: the localities' weights are in
    // those of the hosts.
    private Balancer hashedOver(List<List<Integer>> groups, double[] shares) {
        double sum = Arrays.stream(shares).sum();
        List<Integer> members = new ArrayList<>();
        List<Long> weights = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            double own = groups.get(i).stream().mapToLong(this::weight).sum();
            for (int host : groups.get(i)) {
                members.add(host);
                double part = shares[i] / sum * (weight(host) / own);
                weights.add(Math.max(1, Math.round(WHOLE * part)));
            }
        }
        return algorithm(members, weights.stream().mapToLong(Long::longValue).toArray());
    }

    private EndpointPlan.Place place(int host) {
        return hosts.get(host).plan().place();
    }

    private long weight(int host) {
        Host of = hosts.get(host);
        BalancingPlan.WarmUp warmUp = plan.warmUp();
        return warming && warmUp != null
                ? Math.max(
                        1, Math.round(of.plan().weight() * FINE * warmUp.share(of.usedForNanos())))
                : of.plan().weight();
    }

    private Balancer algorithm(List<Integer> members, long[] weights) {
        int[] numbers = members.stream().mapToInt(Integer::intValue).toArray();
        if (numbers.length == 1) {
            int only = numbers[0];
            return _ -> only;
        }
        String[] names =
                members.stream().map(host -> name(hosts.get(host).plan())).toArray(String[]::new);
        Group group = new Group(numbers, weights, names);
        return switch (plan.policy()) {
            case LbPolicy.LeastRequest(int choices) ->
                    new LeastRequest(group, choices, outstanding);
            case LbPolicy.RoundRobin() -> new RoundRobin(group, random);
            case LbPolicy.Random() -> {
                Weighted weighted = new Weighted(weights);
                yield choice -> numbers[weighted.draw(choice.random())];
            }
            case LbPolicy.RingHash(long minimum, long maximum) -> new Ring(group, minimum, maximum);
            case LbPolicy.Maglev(long size) -> new MaglevTable(group, (int) size);
            case LbPolicy.ByDiscovery() -> new RoundRobin(group, random);
        };
    }

    private static String name(EndpointPlan plan) {
        return plan.address() instanceof InetSocketAddress inet && inet.getAddress() != null
                ? inet.getAddress().getHostAddress() + ':' + inet.getPort()
                : plan.address().toString();
    }
}
