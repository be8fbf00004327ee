package io.lateen.sidecar.upstream;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Consistent hashing on a ring (Ketama): each endpoint owns points by its weight, a request goes to
 * the owner of the next point. When an endpoint goes, only its own requests move.
 */
final class Ring implements Balancer {
    private record Point(long hash, Endpoint owner) {}

    private final long[] hashes;
    private final Endpoint[] owners;

    Ring(Endpoint[] endpoints, long minimumSize, long maximumSize) {
        long weights = 0;
        for (Endpoint each : endpoints) {
            weights += each.weight();
        }
        long size = Math.min(Math.max(minimumSize, endpoints.length), maximumSize);
        List<Point> points = new ArrayList<>();
        for (Endpoint each : endpoints) {
            long own = Math.max(1, Math.ceilDiv(size * each.weight(), weights));
            String address = Addresses.text(each.address());
            for (long i = 0; i < own; i++) {
                points.add(new Point(Hash.of(address + '_' + i), each));
            }
        }
        points.sort(Comparator.comparingLong(Point::hash));
        hashes = points.stream().mapToLong(Point::hash).toArray();
        owners = points.stream().map(Point::owner).toArray(Endpoint[]::new);
    }

    @Override
    public Endpoint pick(Choice choice) {
        long wanted = choice.point();
        int low = 0;
        int high = hashes.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (hashes[middle] < wanted) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return owners[low == owners.length ? 0 : low];
    }
}
