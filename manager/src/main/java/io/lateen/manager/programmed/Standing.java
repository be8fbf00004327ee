package io.lateen.manager.programmed;

import java.util.List;
import java.util.function.Predicate;

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

    /** The same, but of those that lag only the ones in namespaces that {@code shown} names. */
    public Standing in(Predicate<String> shown) {
        return new Standing(
                total,
                inForce,
                lagging.stream().filter(lag -> shown.test(lag.namespace())).toList());
    }

    /**
     * In one sentence: {@code in force on 6 of 7 sidecars; lagging: …}. Those of other namespaces
     * are counted and not named: whoever may read the resource may not know of them.
     *
     * @param namespace of the resource whose readers are told
     */
    public String sentence(String namespace) {
        if (total == 0) {
            return "in force; no sidecar is connected";
        }
        StringBuilder sentence =
                new StringBuilder("in force on " + inForce + " of " + total + " sidecars");
        List<Lag> own = in(namespace::equals).lagging();
        for (int i = 0; i < own.size() && i < NAMED; i++) {
            sentence.append(i == 0 ? "; lagging: " : ", ")
                    .append(own.get(i).node())
                    .append(" (")
                    .append(own.get(i).reason())
                    .append(')');
        }
        if (own.size() > NAMED) {
            sentence.append(" and ").append(own.size() - NAMED).append(" more");
        }
        int elsewhere = lagging.size() - own.size();
        if (elsewhere > 0) {
            sentence.append(own.isEmpty() ? "; lagging: " : " and ")
                    .append(elsewhere)
                    .append(" in other namespaces");
        }
        return sentence.toString();
    }
}
