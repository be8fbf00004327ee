package io.lateen.sidecar.balance;

import java.util.Arrays;

/**
 * Consistent hashing on a ring (Ketama): each host owns points by its weight, a request goes to the
 * owner of the next point. A pick is O(log n) in the points.
 *
 * <p>How many points a host has does not follow from how many hosts there are, as it does in Envoy:
 * there every host's points change with each that comes or goes, and keys move among those that
 * stay. The heaviest host has half of the ring's least size, so that two make a ring of it. Only
 * where that were too many points in all, all have half of them, a quarter, and so on.
 */
final class Ring implements Balancer {
    /** More points cost more time to sort, at each change of the hosts, than they even out. */
    private static final long MOST_POINTS = 1 << 17;

    /** Sorted; the owner is in the lowest bits of each. */
    private final long[] points;

    private final long ownerBits;
    private final int[] hosts;

    /**
     * @param minimumSize of a ring of two hosts, in points
     * @param maximumSize of any ring
     */
    Ring(Group group, long minimumSize, long maximumSize) {
        hosts = group.hosts();
        ownerBits = Long.highestOneBit(Math.max(1, group.size() - 1)) * 2 - 1;
        int[] shares = shares(group, minimumSize, maximumSize);
        points = new long[Arrays.stream(shares).sum()];
        int at = 0;
        for (int owner = 0; owner < shares.length; owner++) {
            long seed = Hash.of(group.names()[owner]);
            for (int i = 0; i < shares[owner]; i++) {
                points[at++] = (Hash.combine(seed, i) & ~ownerBits) | owner;
            }
        }
        Arrays.sort(points);
    }

    private static int[] shares(Group group, long minimumSize, long maximumSize) {
        long heaviest = Arrays.stream(group.weights()).max().orElse(1);
        long limit = Math.min(maximumSize, Math.max(MOST_POINTS, 8 * minimumSize));
        long most = Math.max(1, Math.min(minimumSize, MOST_POINTS * 8) / 2);
        while (true) {
            int[] shares = new int[group.size()];
            long sum = 0;
            for (int i = 0; i < shares.length; i++) {
                double part = (double) group.weights()[i] / (double) heaviest;
                shares[i] = (int) Math.max(1, Math.round((double) most * part));
                sum += shares[i];
            }
            if (sum <= limit || most == 1) {
                return shares;
            }
            most /= 2;
        }
    }

    @Override
    public int pick(Choice choice) {
        long wanted = choice.point();
        int low = 0;
        int high = points.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (points[middle] < wanted) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return hosts[(int) (points[low == points.length ? 0 : low] & ownerBits)];
    }
}
