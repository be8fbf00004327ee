package io.lateen.sidecar.filter.limit;

import java.util.List;

/**
 * The limits of a filter, or of a route in its place.
 *
 * @param name of the rule, as a client is told; may be empty
 * @param limits each of which must let a request pass that it is about
 * @param otherwise for requests that none of {@code limits} is about, and, where {@code always},
 *     for all; no element for none
 * @param always whether {@code otherwise} holds for all
 * @param shares of a million requests: how many are looked at, and how many of those over a limit
 *     are refused
 * @param mostKeys how many keys have buckets of their own
 */
public record LocalLimits(
        String name,
        List<LocalLimit> limits,
        List<LocalLimit> otherwise,
        boolean always,
        Shares shares,
        int mostKeys) {

    public LocalLimits {
        limits = List.copyOf(limits);
        otherwise = List.copyOf(otherwise);
    }

    /**
     * Shares of a million.
     *
     * @param enabled requests that are counted
     * @param enforced requests over a limit that are refused; the others pass
     */
    public record Shares(int enabled, int enforced) {

        /** All of them. */
        public static final int ALL = 1_000_000;
    }

    /** Whether it never refuses anything. */
    public boolean isIdle() {
        return shares.enabled() == 0
                || shares.enforced() == 0
                || (limits.isEmpty() && otherwise.isEmpty());
    }
}
