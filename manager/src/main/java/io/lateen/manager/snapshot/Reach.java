package io.lateen.manager.snapshot;

import java.util.List;
import java.util.Optional;

/**
 * How a resource came to be visible to a namespace. The order is the one in which Istio lets
 * resources of one host win: what was meant for few before what was meant for all.
 */
public enum Reach {
    /** In its own namespace, having named it: {@code "."} or its name. */
    PRIVATE,
    /** In another namespace, having named that. */
    EXPORTED,
    /** Visible everywhere: {@code "*"}, and the default. */
    PUBLIC;

    private static final String OWN_NAMESPACE = ".";
    private static final String EVERYWHERE = "*";
    private static final String NOWHERE = "~";

    /**
     * Whether and how a resource reaches a namespace.
     *
     * @param exportTo the resource's {@code exportTo}; empty means everywhere
     * @param owner the resource's own namespace
     * @param viewer the namespace that looks
     */
    public static Optional<Reach> of(List<String> exportTo, String owner, String viewer) {
        if (exportTo.isEmpty() || exportTo.contains(EVERYWHERE)) {
            return Optional.of(PUBLIC);
        }
        if (exportTo.contains(NOWHERE)) {
            return Optional.empty();
        }
        if (owner.equals(viewer)) {
            // Naming the own namespace says the same as the dot, whoever else is named.
            boolean kept = exportTo.contains(OWN_NAMESPACE) || exportTo.contains(owner);
            return kept ? Optional.of(PRIVATE) : Optional.empty();
        }
        return exportTo.contains(viewer) ? Optional.of(EXPORTED) : Optional.empty();
    }
}
