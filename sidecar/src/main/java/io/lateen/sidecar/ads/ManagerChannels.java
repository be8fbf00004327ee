package io.lateen.sidecar.ads;

import io.grpc.ManagedChannel;

/** Opens channels to managers. */
@FunctionalInterface
public interface ManagerChannels {

    /** A new channel, whose callbacks run on the configuration thread. */
    ManagedChannel open(ManagerAddress manager);
}
