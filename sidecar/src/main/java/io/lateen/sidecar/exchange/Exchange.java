package io.lateen.sidecar.exchange;

import io.netty.channel.EventLoop;
import java.net.SocketAddress;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One request and its response, from the head's last byte to the end.
 *
 * <p>Filters and telemetry read it; its {@link Carrier} (the forwarding engine) writes it. All on
 * one event loop. The heads are reused after {@link ExchangeObserver#ended}: whoever needs
 * something of them later copies it there.
 */
public final class Exchange implements Crossing {
    /** Who moves the exchange on; the other half of this class, in the forwarding engine. */
    public interface Carrier {
        /** Runs the next filter. Does nothing when the exchange has ended meanwhile. */
        void resume();

        /** Ends the exchange with a failure's answer. */
        void fail(Failure failure);

        /** Ends the exchange with this answer. */
        void answer(LocalReply reply);

        /** Calls {@link #resume} after a time, unless the exchange ends first. */
        void resumeAfter(long nanos);

        /** Who is asked about quota. */
        default QuotaService quota() {
            return QuotaService.NONE;
        }
    }

    private final Carrier carrier;
    private final EventLoop scheduler;
    private final RandomGenerator random;
    private final RequestHead request;
    private final ResponseHead response;
    private final Direction direction;
    private final HttpProtocol protocol;
    private final SocketAddress downstreamRemote;
    private final SocketAddress downstreamLocal;
    private final Security security;
    private final long startNanos;
    private final long startMillis;

    private boolean responded;
    private @Nullable RouteIdentity route;
    private @Nullable Recording recording;
    private @Nullable ClusterFacts cluster;
    private WorkloadFacts destination = WorkloadFacts.UNKNOWN;
    private WorkloadFacts peer = WorkloadFacts.UNKNOWN;
    private @Nullable SocketAddress upstreamRemote;
    private @Nullable SocketAddress upstreamLocal;
    private Security upstreamSecurity = Security.PLAIN;
    private long requestEndNanos;
    private long upstreamStartNanos;
    private long firstByteNanos;
    private long endNanos;
    private long bytesReceived;
    private long bytesSent;
    private int attempts;
    private int flags;
    private int status;
    private int grpcStatus = -1;
    private boolean local;
    private @Nullable Failure failure;

    /** An exchange whose request head is complete. */
    public Exchange(Carrier carrier, Origin origin, RequestHead request, ResponseHead response) {
        this.carrier = carrier;
        this.scheduler = origin.loop();
        this.random = origin.random();
        this.request = request;
        this.response = response;
        this.direction = origin.direction();
        this.protocol = origin.protocol();
        this.downstreamRemote = origin.remote();
        this.downstreamLocal = origin.local();
        this.security = origin.security();
        this.startNanos = origin.startNanos();
        this.startMillis = origin.startMillis();
    }

    /** Where a request came from and when. */
    public record Origin(
            EventLoop loop,
            RandomGenerator random,
            Direction direction,
            HttpProtocol protocol,
            SocketAddress remote,
            SocketAddress local,
            Security security,
            long startNanos,
            long startMillis) {}

    /** The request's head, with the edits so far. */
    public RequestHead request() {
        return request;
    }

    /** The response's head once there is one, from upstream or of the sidecar's own. */
    public @Nullable ResponseHead response() {
        return responded ? response : null;
    }

    @Override
    public Direction direction() {
        return direction;
    }

    public HttpProtocol protocol() {
        return protocol;
    }

    /** Null until matched, and when nothing matched. */
    public @Nullable RouteIdentity route() {
        return route;
    }

    /** Where its record goes; null for nowhere. */
    public @Nullable Recording recording() {
        return recording;
    }

    /** Null until chosen, and where none was needed. */
    public @Nullable ClusterFacts cluster() {
        return cluster;
    }

    /** The workload of the chosen endpoint. */
    public WorkloadFacts destination() {
        return destination;
    }

    /** The workload that called, as far as it said (inbound). */
    public WorkloadFacts peer() {
        return peer;
    }

    /** Set by the filter that reads the caller's metadata. */
    public void peer(WorkloadFacts facts) {
        peer = facts;
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

    public @Nullable SocketAddress upstreamRemote() {
        return upstreamRemote;
    }

    public @Nullable SocketAddress upstreamLocal() {
        return upstreamLocal;
    }

    /** As sent or made; null only when the request was refused before it had one. */
    public @Nullable String requestId() {
        return request.header(HeaderName.X_REQUEST_ID);
    }

    /** {@code System.nanoTime} when the head was complete. */
    public long startNanos() {
        return startNanos;
    }

    /** Epoch milliseconds at the same moment. */
    public long startMillis() {
        return startMillis;
    }

    /** When the request's last byte had come; 0 when it never did. */
    public long requestEndNanos() {
        return requestEndNanos;
    }

    /** When the last attempt was given to its connection; 0 when there was none. */
    public long upstreamStartNanos() {
        return upstreamStartNanos;
    }

    /** When the response's head had come from upstream; 0 when it never did. */
    public long firstByteNanos() {
        return firstByteNanos;
    }

    /** When the last byte was handed to the socket; 0 while it runs. */
    public long endNanos() {
        return endNanos;
    }

    /** Body bytes from the client. */
    public long bytesReceived() {
        return bytesReceived;
    }

    /** Body bytes to the client. */
    public long bytesSent() {
        return bytesSent;
    }

    /** How often the request was given to an upstream. */
    public int attempts() {
        return attempts;
    }

    /** A set of {@link ResponseFlag#bit}; {@link ResponseFlag#text} prints it. */
    public int flags() {
        return flags;
    }

    /** The status the client got; 0 when it got none. */
    public int status() {
        return status;
    }

    /** The {@code grpc-status} of the response, in head or trailers; -1 when there is none. */
    public int grpcStatus() {
        return grpcStatus;
    }

    /** Whether the sidecar made the answer itself. */
    public boolean isLocal() {
        return local;
    }

    /** Why it ended badly, if it did. */
    public @Nullable Failure failure() {
        return failure;
    }

    /** This loop's source of randomness: not for secrets. */
    public RandomGenerator random() {
        return random;
    }

    /** The loop that everything of this exchange runs on. */
    public EventLoop scheduler() {
        return scheduler;
    }

    /** Adds a flag to the record, such as DI by the fault filter. */
    public void flag(ResponseFlag flag) {
        flags |= flag.bit();
    }

    /**
     * For a filter that returned {@link Step#PAUSED}: goes on with the next filter. On the loop;
     * without effect when the exchange has ended meanwhile.
     */
    public void resume() {
        carrier.resume();
    }

    /** For a filter that returns {@link Step#PAUSED}: resume after a time, unless it ends first. */
    public void resumeAfter(long nanos) {
        carrier.resumeAfter(nanos);
    }

    /** Ends the exchange badly; the filter then returns {@link Step#ENDED}. */
    public void fail(Failure why) {
        carrier.fail(why);
    }

    /** Answers here; the filter then returns {@link Step#ENDED}. */
    public void answer(LocalReply reply) {
        carrier.answer(reply);
    }

    /** Who is asked whether it is within limits. */
    public QuotaService quota() {
        return carrier.quota();
    }

    /** Carrier only: where its listener's records go. */
    public void recordedBy(@Nullable Recording recording) {
        this.recording = recording;
    }

    /** Carrier only. */
    public void matched(RouteIdentity identity) {
        route = identity;
    }

    /** Carrier only. */
    public void chosen(ClusterFacts facts) {
        cluster = facts;
    }

    /** Carrier only: an attempt begins at an endpoint. */
    public void attempt(WorkloadFacts workload, @Nullable SocketAddress remote) {
        destination = workload;
        upstreamRemote = remote;
        attempts++;
    }

    /** Carrier only: the attempt has a connection. */
    public void connected(
            SocketAddress remote, SocketAddress local, Security protection, long nanos) {
        upstreamRemote = remote;
        upstreamLocal = local;
        upstreamSecurity = protection;
        upstreamStartNanos = nanos;
    }

    /** Carrier only: the response's head is there. */
    public void responded(int code, long nanos) {
        responded = true;
        status = code;
        if (!local) {
            firstByteNanos = nanos;
        }
    }

    /** Carrier only: the sidecar answers itself, because of a failure or by plan. */
    public void local(@Nullable Failure why) {
        local = true;
        failed(why);
    }

    /** Carrier only: it went wrong, whether or not an answer can still say so. */
    public void failed(@Nullable Failure why) {
        failure = why;
        if (why != null) {
            Explanation.of(why).flag().ifPresent(this::flag);
        }
    }

    /** Carrier only. */
    public void grpcStatus(int code) {
        grpcStatus = code;
    }

    /** Carrier only. */
    public void received(long bytes) {
        bytesReceived += bytes;
    }

    /** Carrier only. */
    public void sent(long bytes) {
        bytesSent += bytes;
    }

    /** Carrier only: the request is complete. */
    public void requestEnded(long nanos) {
        requestEndNanos = nanos;
    }

    /** Carrier only: the exchange is over. */
    public void ended(long nanos) {
        endNanos = nanos;
    }
}
