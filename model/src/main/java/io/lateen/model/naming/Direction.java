package io.lateen.model.naming;

import java.util.Locale;

/** Which way traffic goes, seen from a proxy's own workload. */
public enum Direction {
    /** From the workload to others. */
    OUTBOUND,
    /** From others to the workload. */
    INBOUND;

    /** The word in a cluster's name: {@code outbound}, {@code inbound}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
