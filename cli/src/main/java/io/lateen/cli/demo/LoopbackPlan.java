package io.lateen.cli.demo;

import io.lateen.cli.workload.Authority;
import java.util.List;

/**
 * Which address of this host is whose. Ports are the standard ones on each (decision D10).
 *
 * @param block the second part of each address: 0 gives 127.0.0.1 to the control plane, 127.0.0.2
 *     to the ingress gateway and 127.0.1.1 onward to the workloads
 */
public record LoopbackPlan(int block) {

    private static final int LAST_BLOCK = 255;

    /** Ports of the control plane on its address: each program's, the manager's first. */
    static final int REST_PORT = 7070;

    static final int XDS_PORT = 15010;
    static final int XDS_TLS_PORT = 15012;
    static final int HEALTH_PORT = 15014;
    static final int MIXER_GRPC_PORT = 9091;
    static final int MIXER_REST_PORT = 9092;
    static final int PORTAL_PORT = 8080;

    /** All of them. */
    static final List<Integer> CONTROL_PORTS =
            List.of(
                    REST_PORT,
                    XDS_PORT,
                    XDS_TLS_PORT,
                    HEALTH_PORT,
                    Authority.GRPC_PORT,
                    Authority.REST_PORT,
                    MIXER_GRPC_PORT,
                    MIXER_REST_PORT,
                    PORTAL_PORT);

    /** The port that the sample rules' Gateway names. */
    static final int INGRESS_PORT = 8080;

    /** Checks the block. */
    public LoopbackPlan {
        if (block < 0 || block > LAST_BLOCK) {
            throw new IllegalArgumentException("block: found %d, expected 0..255".formatted(block));
        }
    }

    String control() {
        return "127.%d.0.1".formatted(block);
    }

    String ingress() {
        return "127.%d.0.2".formatted(block);
    }

    /** The address of the workload at {@code index}, from 0. */
    String workload(int index) {
        return "127.%d.1.%d".formatted(block, index + 1);
    }
}
