package io.lateen.model.schema;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Which known name a user probably meant. */
public final class NearestName {

    private NearestName() {}

    /**
     * The known name that is the fewest slips away: letters changed, missing, added or swapped.
     * None if more than a third of the name would have to change.
     */
    public static Optional<String> of(String written, Collection<String> known) {
        int limit = Math.max(1, written.length() / 3);
        String nearest = null;
        int fewest = limit + 1;
        for (String name : known) {
            int slips = slips(written.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
            if (slips < fewest) {
                fewest = slips;
                nearest = name;
            }
        }
        return Optional.ofNullable(nearest);
    }

    /** Optimal string alignment distance. */
    private static int slips(String left, String right) {
        int[][] cost = new int[left.length() + 1][right.length() + 1];
        for (int i = 0; i <= left.length(); i++) {
            for (int j = 0; j <= right.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : step(cost, left, right, i, j);
            }
        }
        return cost[left.length()][right.length()];
    }

    private static int step(int[][] cost, String left, String right, int i, int j) {
        boolean same = left.charAt(i - 1) == right.charAt(j - 1);
        int best = cost[i - 1][j - 1] + (same ? 0 : 1);
        best = Math.min(best, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped =
                i > 1
                        && j > 1
                        && left.charAt(i - 1) == right.charAt(j - 2)
                        && left.charAt(i - 2) == right.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
