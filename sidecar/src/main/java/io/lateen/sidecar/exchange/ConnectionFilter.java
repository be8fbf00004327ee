package io.lateen.sidecar.exchange;

import org.jspecify.annotations.Nullable;

/**
 * Asked before a connection is passed on as bytes. Composed once, when the plan is compiled; shared
 * by all loops, so it holds no state of a connection.
 */
@FunctionalInterface
public interface ConnectionFilter {

    /** Why the connection may not pass; null when it may. Called on its event loop. */
    @Nullable Failure refuses(TcpFlow flow);
}
