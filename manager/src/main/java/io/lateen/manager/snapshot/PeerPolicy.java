package io.lateen.manager.snapshot;

import io.lateen.model.resource.PeerAuthentication.Mode;
import java.util.HashMap;
import java.util.Map;

/**
 * What a workload asks of its callers, after all that can be inherited. Never {@link Mode#UNSET}.
 *
 * @param mode on every port that is not named
 * @param ports on ports of the workload, by number
 */
public record PeerPolicy(Mode mode, Map<Integer, Mode> ports) {

    /** What is asked where nobody wrote anything. */
    public static final PeerPolicy DEFAULT = new PeerPolicy(Mode.PERMISSIVE, Map.of());

    /** Copies the map. */
    public PeerPolicy {
        ports = Map.copyOf(ports);
    }

    /** What is asked on one port of the workload. */
    public Mode at(int workloadPort) {
        return ports.getOrDefault(workloadPort, mode);
    }

    /**
     * The same for a workload without a certificate: it can ask nobody for one in return. Where one
     * is required nobody can call.
     */
    public PeerPolicy withoutCertificate() {
        Map<Integer, Mode> left = new HashMap<>();
        ports.forEach((port, asked) -> left.put(port, withoutCertificate(asked)));
        return new PeerPolicy(withoutCertificate(mode), left);
    }

    private static Mode withoutCertificate(Mode asked) {
        return asked == Mode.PERMISSIVE ? Mode.DISABLE : asked;
    }
}
