package io.lateen.sidecar.report;

import io.lateen.sidecar.exchange.ClusterFacts;
import io.lateen.sidecar.exchange.HttpProtocol;
import io.lateen.sidecar.exchange.Recording;
import io.lateen.sidecar.exchange.Security;
import io.lateen.sidecar.exchange.WorkloadFacts;
import java.net.SocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is reported of a request or a connection: all that outlives it. */
sealed interface CallRecord {

    Recording recording();

    Ends ends();

    /**
     * What both kinds have.
     *
     * @param startMillis epoch
     * @param cluster null where none was chosen
     * @param downstream how the caller's connection was protected
     * @param upstream how the connection to the callee was
     * @param flags a set of response flags
     */
    record Ends(
            long startMillis,
            long durationNanos,
            @Nullable ClusterFacts cluster,
            WorkloadFacts destination,
            WorkloadFacts peer,
            SocketAddress downstreamRemote,
            SocketAddress downstreamLocal,
            @Nullable SocketAddress upstreamRemote,
            Security downstream,
            Security upstream,
            int flags,
            String routeName,
            long bytesReceived,
            long bytesSent) {}

    /**
     * A request.
     *
     * @param firstByteNanos from the start until the answer began; 0 where it never did
     * @param headers values of those that the recording names, null for those it has not
     * @param details why the sidecar answered itself; null where it did not
     */
    record Request(
            Recording recording,
            Ends ends,
            HttpProtocol protocol,
            String method,
            String authority,
            String path,
            @Nullable String requestId,
            List<@Nullable String> headers,
            int status,
            int grpcStatus,
            int attempts,
            long firstByteNanos,
            @Nullable String details)
            implements CallRecord {}

    /** A connection that was passed on as bytes. */
    record Connection(Recording recording, Ends ends) implements CallRecord {}
}
