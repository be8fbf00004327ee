package io.lateen.model.naming;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The name of a cluster, as Istio writes it: {@code
 * outbound|9080|v1|reviews.default.svc.cluster.local}, {@code inbound|9080||}.
 *
 * @param direction outbound or inbound
 * @param port the service's port when outbound, the app's port when inbound
 * @param subset the DestinationRule's subset, or empty
 * @param host the service; null for inbound clusters, which have none
 */
public record ClusterName(Direction direction, int port, String subset, @Nullable Hostname host) {

    /** Traffic goes to the address that the client dialled. */
    public static final String PASSTHROUGH = "PassthroughCluster";

    /** Inbound traffic to a port that no service declares goes on to that port. */
    public static final String INBOUND_PASSTHROUGH = "InboundPassthroughCluster";

    /** Traffic ends here. */
    public static final String BLACK_HOLE = "BlackHoleCluster";

    /** The cluster of all of a service's workloads. */
    public static ClusterName outbound(int port, Hostname host) {
        return outbound(port, "", host);
    }

    /** The cluster of one subset of a service's workloads. */
    public static ClusterName outbound(int port, String subset, Hostname host) {
        return new ClusterName(Direction.OUTBOUND, port, subset, host);
    }

    /** The cluster of the app beside the proxy. */
    public static ClusterName inbound(int port) {
        return new ClusterName(Direction.INBOUND, port, "", null);
    }

    /** The parts of a cluster's name, or nothing if it is not written in this form. */
    public static Optional<ClusterName> parse(String name) {
        String[] parts = name.split("\\|", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        Optional<Direction> direction = direction(parts[0]);
        Optional<Integer> port = port(parts[1]);
        if (direction.isEmpty() || port.isEmpty()) {
            return Optional.empty();
        }
        Hostname host = parts[3].isEmpty() ? null : new Hostname(parts[3]);
        return Optional.of(new ClusterName(direction.get(), port.get(), parts[2], host));
    }

    private static Optional<Direction> direction(String word) {
        for (Direction direction : Direction.values()) {
            if (direction.word().equals(word)) {
                return Optional.of(direction);
            }
        }
        return Optional.empty();
    }

    private static Optional<Integer> port(String text) {
        if (text.isEmpty()
                || text.length() > 5
                || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        return Optional.of(Integer.valueOf(text));
    }

    /** The name on the wire. */
    @Override
    public String toString() {
        return direction.word() + "|" + port + "|" + subset + "|" + (host == null ? "" : host);
    }
}
