package io.lateen.manager.snapshot;

import io.lateen.model.naming.Hostname;
import io.lateen.model.resource.DestinationRule;
import io.lateen.model.resource.Resource;
import io.lateen.model.resource.TrafficPolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The DestinationRules of one namespace for one host, made one: their subsets together (the first
 * of a name wins), and the traffic policy of the oldest that has one. Rules that differ in {@code
 * exportTo}, and rules that select their clients, stay apart.
 *
 * @param host in full, possibly a wildcard
 * @param sources the rules that it is made of, the oldest first
 * @param trafficPolicy for the host; null means the mesh's defaults
 * @param subsets by name, in the order of the sources
 * @param exportTo who may see it
 * @param selector which clients it is for; null means all
 */
public record DestinationPolicy(
        Hostname host,
        List<Resource> sources,
        @Nullable TrafficPolicy trafficPolicy,
        Map<String, Subset> subsets,
        List<String> exportTo,
        DestinationRule.@Nullable ClientSelector selector) {

    /**
     * A subset and where it is written.
     *
     * @param source the resource
     * @param index its place in the resource's subsets
     * @param value the subset
     */
    public record Subset(Resource source, int index, DestinationRule.Subset value) {}

    static DestinationPolicy of(Resource source, DestinationRule rule) {
        Map<String, Subset> subsets = new LinkedHashMap<>();
        for (int i = 0; i < rule.subsets().size(); i++) {
            DestinationRule.Subset subset = rule.subsets().get(i);
            subsets.putIfAbsent(subset.name(), new Subset(source, i, subset));
        }
        return new DestinationPolicy(
                rule.host().resolve(source.metadata().namespace(), MeshSnapshot.DOMAIN),
                List.of(source),
                rule.trafficPolicy(),
                subsets,
                rule.exportTo(),
                rule.workloadSelector());
    }

    /** This one with a younger rule of the same host merged in. */
    DestinationPolicy with(DestinationPolicy younger) {
        Map<String, Subset> all = new LinkedHashMap<>(subsets);
        younger.subsets.forEach(all::putIfAbsent);
        List<Resource> both = new ArrayList<>(sources);
        both.addAll(younger.sources);
        return new DestinationPolicy(
                host,
                List.copyOf(both),
                trafficPolicy == null ? younger.trafficPolicy : trafficPolicy,
                all,
                exportTo,
                selector);
    }

    /** Whether a younger rule of the same host can be merged into this one. */
    boolean mergesWith(DestinationPolicy younger) {
        return host.equals(younger.host)
                && selector == null
                && younger.selector == null
                && scope().equals(younger.scope());
    }

    /** Who may see it, with what not saying so means. */
    private Set<String> scope() {
        return exportTo.isEmpty() ? Set.of("*") : Set.copyOf(exportTo);
    }

    /** The subset of a name, if there is one. */
    public Optional<Subset> subset(String name) {
        return Optional.ofNullable(subsets.get(name));
    }

    /** The oldest rule that it is made of: the one that is named as its origin. */
    public Resource origin() {
        return sources.getFirst();
    }

    /** Whether it is for a client with these labels. */
    boolean isFor(Map<String, String> clientLabels) {
        return selector == null
                || clientLabels.entrySet().containsAll(selector.matchLabels().entrySet());
    }
}
