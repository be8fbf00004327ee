package io.lateen.manager.snapshot;

import io.lateen.model.resource.DestinationRule;
import io.lateen.model.resource.Resource;
import io.lateen.model.resource.VirtualService;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which labels of a client any rule looks at. Two proxies that differ in other labels only are
 * given the same configuration, so it is made once.
 */
final class ClientLabels {

    private ClientLabels() {}

    static Set<String> keys(Collection<Resource> resources) {
        Set<String> keys = new TreeSet<>();
        resources.stream().flatMap(ClientLabels::keys).forEach(keys::add);
        return Collections.unmodifiableSet(keys);
    }

    private static Stream<String> keys(Resource resource) {
        return switch (resource.spec()) {
            case VirtualService rule -> keys(rule);
            case DestinationRule rule ->
                    rule.workloadSelector() == null
                            ? Stream.empty()
                            : rule.workloadSelector().matchLabels().keySet().stream();
            default -> Stream.empty();
        };
    }

    private static Stream<String> keys(VirtualService rule) {
        return Stream.of(
                        rule.http().stream()
                                .flatMap(route -> route.match().stream())
                                .map(match -> match.sourceLabels().keySet()),
                        rule.tcp().stream()
                                .flatMap(route -> route.match().stream())
                                .map(match -> match.sourceLabels().keySet()))
                .flatMap(sets -> sets)
                .flatMap(Set::stream);
    }
}
