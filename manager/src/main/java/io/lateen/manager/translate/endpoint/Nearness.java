package io.lateen.manager.translate.endpoint;

import io.lateen.model.resource.LoadBalancer.Distribute;
import io.lateen.model.resource.LoadBalancer.Failover;
import io.lateen.model.resource.LoadBalancer.LocalityPreference;
import io.lateen.model.service.Locality;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which endpoints are near a client and which are far: by shares of the localities, or by
 * priorities where ejection makes room for a failover.
 *
 * @param place where the client is
 * @param rule the DestinationRule's {@code localityLbSetting}, or the mesh's empty one
 */
public record Nearness(ClientPlace place, LocalityPreference rule) {

    /** A rule that says nothing: nearer localities first. */
    public static final LocalityPreference NEARER_FIRST =
            new LocalityPreference(List.of(), List.of(), List.of(), null);

    /** More than the priorities that localities alone make, 0 to 4. */
    private static final int LOCALITY_PRIORITIES = 5;

    /**
     * Endpoints that are alike to the client.
     *
     * @param weight the locality's share of its priority
     */
    record Group(
            Locality locality, int priority, long weight, List<LoadAssignment.Member> members) {

        private Group at(int other) {
            return new Group(locality, other, weight, members);
        }

        private Group weighing(long other) {
            return new Group(locality, priority, other, members);
        }
    }

    /** The groups as the client uses them, by priority and locality. */
    List<Group> arrange(List<Group> byLocality) {
        if (!rule.distribute().isEmpty()) {
            return distributed(byLocality);
        }
        List<Group> groups = byLocality;
        if (!rule.failoverPriority().isEmpty()) {
            groups = byLabels(groups);
            return rule.failover().isEmpty() ? withoutGaps(groups) : byRegion(groups);
        }
        return byRegion(groups);
    }

    /** The first rule that is for the client's locality; localities that it leaves out get none. */
    private List<Group> distributed(List<Group> groups) {
        for (Distribute share : rule.distribute()) {
            if (fits(share.from(), place.locality())) {
                return shared(groups, share.to());
            }
        }
        return groups;
    }

    private static List<Group> shared(List<Group> groups, Map<String, Long> shares) {
        List<Group> left = new ArrayList<>(groups);
        List<Group> taken = new ArrayList<>();
        // The most precise first: what it names is not the others' any more.
        shares.keySet().stream()
                .sorted(
                        Comparator.comparingInt(Nearness::precision)
                                .reversed()
                                .thenComparing(Comparator.naturalOrder()))
                .forEach(
                        to -> {
                            List<Group> meant =
                                    left.stream()
                                            .filter(group -> fits(to, group.locality()))
                                            .toList();
                            left.removeAll(meant);
                            taken.addAll(divided(meant, shares.getOrDefault(to, 0L)));
                        });
        return sorted(taken);
    }

    // Several localities that one line means share its part by their own weights.
    private static List<Group> divided(List<Group> meant, long share) {
        long sum = meant.stream().mapToLong(Group::weight).sum();
        return meant.stream()
                .map(group -> group.weighing(Math.ceilDiv(group.weight() * share, sum)))
                .filter(group -> group.weight() > 0)
                .toList();
    }

    /**
     * The more of the labels agree, from the first on, the nearer. One that is written {@code
     * key=value} asks for that value, whatever the client has.
     */
    private List<Group> byLabels(List<Group> groups) {
        List<Group> split = new ArrayList<>();
        for (Group group : groups) {
            Map<Integer, List<LoadAssignment.Member>> byPriority = new TreeMap<>();
            for (LoadAssignment.Member member : group.members()) {
                byPriority
                        .computeIfAbsent(priority(member), priority -> new ArrayList<>())
                        .add(member);
            }
            byPriority.forEach(
                    (priority, members) ->
                            split.add(
                                    new Group(
                                            group.locality(),
                                            priority,
                                            LoadAssignment.weight(members),
                                            members)));
        }
        return split;
    }

    private int priority(LoadAssignment.Member member) {
        Map<String, String> labels = ClientPlace.labels(member.endpoint().workload());
        List<String> wanted = rule.failoverPriority();
        for (int i = 0; i < wanted.size(); i++) {
            String label = wanted.get(i);
            int equals = label.indexOf('=');
            String key = equals < 0 ? label : label.substring(0, equals);
            String value =
                    equals < 0 ? place.labels().getOrDefault(key, "") : label.substring(equals + 1);
            if (!value.equals(labels.getOrDefault(key, ""))) {
                return wanted.size() - i;
            }
        }
        return 0;
    }

    private List<Group> byRegion(List<Group> groups) {
        return withoutGaps(
                groups.stream()
                        .map(
                                group ->
                                        group.at(
                                                group.priority() * LOCALITY_PRIORITIES
                                                        + distance(group.locality())))
                        .toList());
    }

    /** 0 in the same subzone, 1 zone, 2 region, 3 elsewhere, 4 in a region that is not to help. */
    private int distance(Locality other) {
        Locality own = place.locality();
        if (!own.region().equals(other.region())) {
            for (Failover failover : rule.failover()) {
                if (own.region().equals(failover.from())) {
                    return other.region().equals(failover.to()) ? 3 : 4;
                }
            }
            return 3;
        }
        if (!own.zone().equals(other.zone())) {
            return 2;
        }
        return own.subzone().equals(other.subzone()) ? 0 : 1;
    }

    /** Priorities count from 0 without gaps: clients refuse others. */
    private static List<Group> withoutGaps(List<Group> groups) {
        TreeSet<Integer> used = new TreeSet<>();
        groups.forEach(group -> used.add(group.priority()));
        return sorted(
                groups.stream()
                        .map(group -> group.at(used.headSet(group.priority()).size()))
                        .toList());
    }

    private static List<Group> sorted(List<Group> groups) {
        return groups.stream()
                .sorted(
                        Comparator.comparingInt(Group::priority)
                                .thenComparing(group -> group.locality().toString()))
                .toList();
    }

    /** Whether {@code region/zone/subzone}, possibly ending in {@code *}, means a locality. */
    private static boolean fits(@Nullable String pattern, Locality of) {
        Locality wanted = Locality.parse(pattern == null ? "" : pattern);
        return (wanted.region().equals("*") || wanted.region().equals(of.region()))
                && part(wanted.zone(), of.zone())
                && part(wanted.subzone(), of.subzone());
    }

    private static boolean part(String wanted, String of) {
        return wanted.isEmpty() || wanted.equals("*") || wanted.equals(of);
    }

    private static int precision(String pattern) {
        int precision = 0;
        for (String part : pattern.split("/", -1)) {
            precision += part.isEmpty() || part.equals("*") ? 0 : 1;
        }
        return precision;
    }
}
