package io.lateen.manager.snapshot;

import java.util.List;
import java.util.Optional;

/**
 * How a resource came to be visible to a namespace. The order is the one in which Istio lets
 * resources of one host win: what was meant for few before what was meant for all.
 */
public enum Reach {
    /** Visible in its own namespace only ({@code exportTo: ["."]}). */
    PRIVATE,
    /** Named the viewing namespace among others. */
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
        boolean own = owner.equals(viewer);
        if (exportTo.equals(List.of(OWN_NAMESPACE))) {
            return own ? Optional.of(PRIVATE) : Optional.empty();
        }
        boolean named = exportTo.contains(viewer) || (own && exportTo.contains(OWN_NAMESPACE));
        return named ? Optional.of(EXPORTED) : Optional.empty();
    }
}
