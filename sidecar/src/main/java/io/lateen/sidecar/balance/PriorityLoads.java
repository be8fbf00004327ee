package io.lateen.sidecar.balance;

/**
 * How much of the traffic each priority takes, in percent (Envoy's rules). A priority's
 * availability is its share of healthy hosts times 1.4, at most 100; the first priorities take what
 * they can, healthy hosts of all of them before degraded ones. Where all together cannot take
 * everything, each takes more in proportion, and one with too few healthy hosts is in panic: it
 * uses all that it has.
 */
final class PriorityLoads {
    private static final int OVERPROVISIONING = 140;

    /**
     * How many hosts of a priority there are.
     *
     * @param total all of them
     */
    record Census(int healthy, int degraded, int total) {

        int availability(int hosts) {
            return total == 0 ? 0 : Math.min(100, OVERPROVISIONING * hosts / total);
        }
    }

    private final int[] healthy;
    private final int[] degraded;
    private final boolean[] panic;

    private PriorityLoads(int priorities) {
        healthy = new int[priorities];
        degraded = new int[priorities];
        panic = new boolean[priorities];
    }

    /** Percent of the traffic for healthy hosts of a priority, or all of them in a panic. */
    int healthy(int priority) {
        return healthy[priority];
    }

    /** Percent of the traffic for degraded hosts of a priority. */
    int degraded(int priority) {
        return degraded[priority];
    }

    /** Whether a priority uses all its hosts, whatever their health. */
    boolean panics(int priority) {
        return panic[priority];
    }

    /**
     * The loads.
     *
     * @param panicPercent of healthy hosts, below which there may be a panic; 0 for never
     * @param avoided a bit for each priority that takes nothing while others can
     */
    static PriorityLoads of(Census[] census, int panicPercent, long avoided) {
        PriorityLoads loads = new PriorityLoads(census.length);
        int[] healthy = new int[census.length];
        int[] degraded = new int[census.length];
        int sum = 0;
        for (int i = 0; i < census.length; i++) {
            if (i < Long.SIZE && (avoided & (1L << i)) != 0) {
                continue;
            }
            healthy[i] = census[i].availability(census[i].healthy());
            degraded[i] = census[i].availability(census[i].degraded());
            sum += healthy[i] + degraded[i];
        }
        int available = Math.min(100, sum);
        if (available == 0 && avoided != 0) {
            return of(census, panicPercent, 0);
        }
        if (available < 100 && panicPercent > 0 && loads.panic(census, panicPercent)) {
            loads.everybody(census);
        } else if (available > 0) {
            loads.share(healthy, degraded, available);
        }
        return loads;
    }

    // Whether every priority that has hosts is in panic.
    private boolean panic(Census[] census, int panicPercent) {
        boolean all = true;
        for (int i = 0; i < census.length; i++) {
            int usable = census[i].healthy() + census[i].degraded();
            panic[i] = census[i].total() > 0 && usable * 100 < panicPercent * census[i].total();
            all &= panic[i] || census[i].total() == 0;
        }
        return all;
    }

    private void everybody(Census[] census) {
        int hosts = 0;
        for (Census each : census) {
            hosts += each.total();
        }
        if (hosts == 0) {
            return;
        }
        int left = 100;
        for (int i = 0; i < census.length; i++) {
            healthy[i] = 100 * census[i].total() / hosts;
            left -= healthy[i];
        }
        giveRest(left);
    }

    private void share(int[] healthyCan, int[] degradedCan, int available) {
        int left = 100;
        for (int i = 0; i < healthyCan.length; i++) {
            healthy[i] = Math.min(left, healthyCan[i] * 100 / available);
            left -= healthy[i];
        }
        for (int i = 0; i < degradedCan.length; i++) {
            degraded[i] = Math.min(left, degradedCan[i] * 100 / available);
            left -= degraded[i];
        }
        giveRest(left);
    }

    // What is lost in rounding goes to the first that takes anything.
    private void giveRest(int left) {
        for (int i = 0; i < healthy.length && left > 0; i++) {
            if (healthy[i] > 0) {
                healthy[i] += left;
                return;
            }
        }
        for (int i = 0; i < degraded.length && left > 0; i++) {
            if (degraded[i] > 0) {
                degraded[i] += left;
                return;
            }
        }
    }
}
