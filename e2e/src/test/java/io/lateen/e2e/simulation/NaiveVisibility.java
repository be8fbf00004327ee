package io.lateen.e2e.simulation;

import io.lateen.model.naming.Hostname;
import io.lateen.model.resource.Resource;
import io.lateen.model.resource.VirtualService;
import io.lateen.model.service.Service;
import java.util.Comparator;
import java.util.List;

/** Who sees what, and whose rule counts first, as the oracle reads it. */
final class NaiveVisibility {

    /** Oldest first; the name, then the namespace, decides between rules of one moment. */
    static final Comparator<Resource> OLDEST =
            Comparator.comparing((Resource rule) -> rule.metadata().creationTimestamp())
                    .thenComparing(rule -> rule.metadata().name())
                    .thenComparing(rule -> rule.metadata().namespace());

    private NaiveVisibility() {}

    static boolean visible(List<String> exportTo, String owner, String viewer) {
        if (exportTo.isEmpty()) {
            return true;
        }
        if (exportTo.contains("~")) {
            return false;
        }
        return exportTo.contains("*")
                || exportTo.contains(viewer)
                || (exportTo.contains(".") && owner.equals(viewer));
    }

    static List<Service> services(List<Service> all, String viewer) {
        return all.stream()
                .filter(service -> visible(service.exportTo(), service.namespace(), viewer))
                .toList();
    }

    /** Rules that a viewer sees: kept to itself, then shown to it, then public; each by age. */
    static List<Resource> virtualServices(List<Resource> all, String viewer) {
        return all.stream()
                .filter(rule -> rule.spec() instanceof VirtualService)
                .filter(rule -> visible(spec(rule).exportTo(), rule.metadata().namespace(), viewer))
                .sorted(
                        Comparator.comparingInt((Resource rule) -> publicity(rule, viewer))
                                .thenComparing(OLDEST))
                .toList();
    }

    static VirtualService spec(Resource rule) {
        return (VirtualService) rule.spec();
    }

    /** The one host of a drawn rule, in full. */
    static Hostname host(Resource rule) {
        return spec(rule).hosts().getFirst().resolve(rule.metadata().namespace(), "cluster.local");
    }

    private static int publicity(Resource rule, String viewer) {
        List<String> exportTo = spec(rule).exportTo();
        if (exportTo.isEmpty() || exportTo.contains("*")) {
            return 2;
        }
        boolean own = rule.metadata().namespace().equals(viewer);
        return own && (exportTo.contains(".") || exportTo.contains(viewer)) ? 0 : 1;
    }
}
