package io.lateen.manager.programmed;

import java.util.List;

/**
 * Where a revision is in force.
 *
 * @param total sidecars and gateways that are connected
 * @param inForce how many of them have it
 * @param lagging the others, and why
 */
public record Standing(int total, int inForce, List<Lag> lagging) {

    private static final int NAMED = 3;

    public Standing {
        lagging = List.copyOf(lagging);
    }

    /** Whether it is in force wherever there is somebody. */
    public boolean everywhere() {
        return inForce == total;
    }

    /** In one sentence: {@code in force on 6 of 7 sidecars; lagging: …}. */
    public String sentence() {
        if (total == 0) {
            return "in force; no sidecar is connected";
        }
        StringBuilder sentence =
                new StringBuilder("in force on " + inForce + " of " + total + " sidecars");
        for (int i = 0; i < lagging.size() && i < NAMED; i++) {
            sentence.append(i == 0 ? "; lagging: " : ", ")
                    .append(lagging.get(i).node())
                    .append(" (")
                    .append(lagging.get(i).reason())
                    .append(')');
        }
        if (lagging.size() > NAMED) {
            sentence.append(" and ").append(lagging.size() - NAMED).append(" more");
        }
        return sentence.toString();
    }
}
