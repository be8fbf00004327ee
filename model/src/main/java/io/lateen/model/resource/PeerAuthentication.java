package io.lateen.model.resource;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How workloads let themselves be called: by certificate only, or in plain text as well.
 *
 * @param selector which workloads it is for; null means all of its namespace, or of the mesh in the
 *     root namespace
 * @param mtls for every port; null leaves it to what is wider
 * @param portLevelMtls for ports of the workload, by their number, instead
 */
public record PeerAuthentication(
        @Nullable WorkloadSelector selector,
        @Nullable MutualTls mtls,
        Map<String, MutualTls> portLevelMtls)
        implements Spec {

    public PeerAuthentication {
        portLevelMtls = Values.ordered(portLevelMtls);
    }

    /** What is asked of callers; {@link Mode#UNSET} leaves it to what is wider. */
    public Mode mode() {
        return mtls == null ? Mode.UNSET : mtls.mode();
    }

    /** What is asked on one port of the workload, where that differs from the other ports. */
    public Mode portMode(int workloadPort) {
        MutualTls port = portLevelMtls.get(Integer.toString(workloadPort));
        return port == null ? Mode.UNSET : port.mode();
    }

    /** Whether it is for chosen workloads rather than a whole namespace. */
    public boolean isForWorkloads() {
        return selector != null && !selector.selectsAll();
    }

    /**
     * What is asked of callers.
     *
     * @param mode of it
     */
    public record MutualTls(Mode mode) {}

    /** What is asked of callers. */
    public enum Mode {
        /** What a wider policy says. */
        UNSET,
        /** Nothing, and no certificate is shown to them. */
        DISABLE,
        /** A certificate, or nothing. */
        PERMISSIVE,
        /** A certificate. */
        STRICT;

        /** This, or another where this is not set. */
        public Mode or(Mode wider) {
            return this == UNSET ? wider : this;
        }
    }
}
