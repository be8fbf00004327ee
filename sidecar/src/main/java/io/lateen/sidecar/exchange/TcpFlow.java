package io.lateen.sidecar.exchange;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One TCP connection through the sidecar. Written by its event loop; the byte counters may be read
 * by another thread, which then sees a recent value.
 */
public final class TcpFlow implements Crossing {
    private final Direction direction;
    private final long startNanos;
    private final SocketAddress downstreamRemote;
    private final SocketAddress downstreamLocal;
    private final Security security;
    private @Nullable RouteIdentity route;
    private @Nullable Recording recording;
    private @Nullable ClusterFacts cluster;
    private WorkloadFacts destination = WorkloadFacts.UNKNOWN;
    private @Nullable SocketAddress upstreamRemote;
    private @Nullable SocketAddress upstreamLocal;
    private Security upstreamSecurity = Security.PLAIN;
    private volatile long bytesReceived;
    private volatile long bytesSent;
    private long endNanos;
    private int flags;
    private @Nullable Failure failure;

    /** A connection that has just been accepted. */
    public TcpFlow(
            Direction direction,
            long startNanos,
            SocketAddress remote,
            SocketAddress local,
            Security security) {
        this.direction = direction;
        this.startNanos = startNanos;
        this.downstreamRemote = remote;
        this.downstreamLocal = local;
        this.security = security;
    }

    @Override
    public Direction direction() {
        return direction;
    }

    @Override
    public SocketAddress downstreamRemote() {
        return downstreamRemote;
    }

    @Override
    public SocketAddress downstreamLocal() {
        return downstreamLocal;
    }

    @Override
    public Security security() {
        return security;
    }

    /** How the connection to the upstream is protected; plain until there is one. */
    public Security upstreamSecurity() {
        return upstreamSecurity;
    }

    /** Who is at the two ends of the mesh's part of the way: what telemetry is told. */
    public Principals principals() {
        return direction == Direction.INBOUND
                ? security.principals()
                : upstreamSecurity.principals();
    }

    public @Nullable RouteIdentity route() {
        return route;
    }

    /** Where its record goes; null for nowhere. */
    public @Nullable Recording recording() {
        return recording;
    }

    /** Carrier only: where its listener's records go. */
    public void recordedBy(@Nullable Recording recording) {
        this.recording = recording;
    }

    /** Null until a cluster was chosen. */
    public @Nullable ClusterFacts cluster() {
        return cluster;
    }

    /** The workload of the chosen endpoint. */
    public WorkloadFacts destination() {
        return destination;
    }

    public @Nullable SocketAddress upstreamRemote() {
        return upstreamRemote;
    }

    public @Nullable SocketAddress upstreamLocal() {
        return upstreamLocal;
    }

    /** Bytes from the client. */
    public long bytesReceived() {
        return bytesReceived;
    }

    /** Bytes to the client. */
    public long bytesSent() {
        return bytesSent;
    }

    public long startNanos() {
        return startNanos;
    }

    /** 0 while it is open. */
    public long endNanos() {
        return endNanos;
    }

    /** A set of {@link ResponseFlag#bit}. */
    public int flags() {
        return flags;
    }

    public @Nullable Failure failure() {
        return failure;
    }

    /** Carrier only: the choice that was made. */
    public void chosen(@Nullable RouteIdentity route, ClusterFacts cluster) {
        this.route = route;
        this.cluster = cluster;
    }

    /** Carrier only: the endpoint that was connected. */
    public void connected(
            WorkloadFacts workload,
            SocketAddress remote,
            SocketAddress local,
            Security protection) {
        destination = workload;
        upstreamRemote = remote;
        upstreamLocal = local;
        upstreamSecurity = protection;
    }

    /** Carrier only. One writer, so a plain addition is exact. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    public void received(long bytes) {
        bytesReceived += bytes;
    }

    /** Carrier only. One writer, so a plain addition is exact. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    public void sent(long bytes) {
        bytesSent += bytes;
    }

    /** Carrier only: why it did not go well. */
    public void failed(Failure why) {
        failure = why;
        Explanation.of(why).flag().ifPresent(flag -> flags |= flag.bit());
    }

    /** Carrier only: both directions are closed. */
    public void ended(long nanos) {
        endNanos = nanos;
    }
}
