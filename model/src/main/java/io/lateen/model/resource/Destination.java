package io.lateen.model.resource;

import io.lateen.model.naming.Hostname;
import org.jspecify.annotations.Nullable;

/**
 * Where traffic goes.
 *
 * @param host as written: short names are relative to the resource's namespace
 * @param subset of the host's workloads, named by a DestinationRule; null means all
 * @param port null means the one that was called, or the host's only one
 */
public record Destination(Hostname host, @Nullable String subset, @Nullable PortSelector port) {

    /** The port, where one is written. */
    public @Nullable Integer portNumber() {
        return port == null ? null : port.number();
    }
}
