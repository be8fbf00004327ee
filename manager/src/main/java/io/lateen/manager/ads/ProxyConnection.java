package io.lateen.manager.ads;

import io.lateen.manager.snapshot.Proxy;
import java.time.Instant;

/**
 * One stream of one proxy.
 *
 * @param id unique to the stream: a proxy that comes back has a new one
 * @param proxy who it is
 * @param version what it calls itself, {@code lateen-sidecar 0.1.0}
 * @param started when the proxy's process began: tells two incarnations of a node apart
 * @param connectedAt when the stream began
 */
public record ProxyConnection(
        String id, Proxy proxy, String version, Instant started, Instant connectedAt) {

    /** The node's id, as on the wire. */
    public String node() {
        return proxy.id().toString();
    }
}
