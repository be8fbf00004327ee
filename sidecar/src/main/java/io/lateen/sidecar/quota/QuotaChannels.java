package io.lateen.sidecar.quota;

import io.grpc.ManagedChannel;
import io.netty.channel.EventLoop;
import java.util.Optional;

/** Opens channels on one event loop to clusters of the plan in force. Called on that loop. */
public interface QuotaChannels {
    /** A channel to a cluster; empty where there is no such cluster, or nothing in it. */
    Optional<ManagedChannel> open(String cluster, EventLoop loop);

    /** What changes when a channel to the cluster is to be opened anew. */
    Object generation(String cluster);
}
