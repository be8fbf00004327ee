package io.lateen.sidecar.report;

import io.grpc.ManagedChannel;
import java.util.Optional;

/** Opens channels to clusters of the plan in force. Called on the sending thread. */
@FunctionalInterface
public interface ReportChannels {
    /** A channel to a cluster; empty where there is no such cluster, or nothing in it. */
    Optional<ManagedChannel> open(String cluster);
}
