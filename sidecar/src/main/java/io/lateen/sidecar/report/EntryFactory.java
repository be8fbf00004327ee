package io.lateen.sidecar.report;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.UInt32Value;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.RequestMethod;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.data.accesslog.v3.AccessLogCommon;
import io.envoyproxy.envoy.data.accesslog.v3.AccessLogType;
import io.envoyproxy.envoy.data.accesslog.v3.ConnectionProperties;
import io.envoyproxy.envoy.data.accesslog.v3.HTTPAccessLogEntry;
import io.envoyproxy.envoy.data.accesslog.v3.HTTPRequestProperties;
import io.envoyproxy.envoy.data.accesslog.v3.HTTPResponseProperties;
import io.envoyproxy.envoy.data.accesslog.v3.TCPAccessLogEntry;
import io.envoyproxy.envoy.data.accesslog.v3.TLSProperties;
import io.envoyproxy.envoy.service.accesslog.v3.StreamAccessLogsMessage;
import io.lateen.sidecar.exchange.ClusterFacts;
import io.lateen.sidecar.exchange.HeaderName;
import io.lateen.sidecar.exchange.HttpProtocol;
import io.lateen.sidecar.exchange.Security;
import io.lateen.sidecar.exchange.WorkloadFacts;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes Envoy's messages of records. Facts about workloads are made into messages once. Confined to
 * the sending thread.
 */
final class EntryFactory {

    /** More than a sidecar's peers; beyond it they are made anew. */
    private static final int MOST_PEERS = 2_000;

    private static final String DROPPED = "lateen.dropped";
    private static final String GRPC_STATUS = "grpc-status";

    private final Map<WorkloadFacts, Any> peers = new HashMap<>();

    /** A batch of requests, or of connections, as a message without its identifier. */
    StreamAccessLogsMessage.Builder message(List<CallRecord> batch, long dropped) {
        StreamAccessLogsMessage.Builder message = StreamAccessLogsMessage.newBuilder();
        String told = dropped == 0 ? "" : Long.toString(dropped);
        for (CallRecord entry : batch) {
            switch (entry) {
                case CallRecord.Request request ->
                        message.getHttpLogsBuilder().addLogEntry(http(request, told));
                case CallRecord.Connection connection ->
                        message.getTcpLogsBuilder().addLogEntry(tcp(connection, told));
            }
            told = "";
        }
        return message;
    }

    private HTTPAccessLogEntry http(CallRecord.Request entry, String dropped) {
        AccessLogCommon.Builder common = common(entry, dropped);
        common.setAccessLogType(AccessLogType.DownstreamEnd)
                .setUpstreamRequestAttemptCount(entry.attempts());
        if (entry.firstByteNanos() > 0) {
            common.setTimeToFirstUpstreamRxByte(duration(entry.firstByteNanos()));
        }
        HTTPRequestProperties.Builder request =
                HTTPRequestProperties.newBuilder()
                        .setRequestMethod(method(entry.method()))
                        .setAuthority(entry.authority())
                        .setPath(entry.path())
                        .setRequestBodyBytes(entry.ends().bytesReceived());
        String id = entry.requestId();
        if (id != null) {
            request.setRequestId(id);
        }
        List<HeaderName> names = entry.recording().requestHeaders();
        for (int i = 0; i < names.size(); i++) {
            String value = entry.headers().get(i);
            if (value != null) {
                request.putRequestHeaders(names.get(i).toString(), value);
            }
        }
        HTTPResponseProperties.Builder response =
                HTTPResponseProperties.newBuilder()
                        .setResponseCode(UInt32Value.of(entry.status()))
                        .setResponseBodyBytes(entry.ends().bytesSent());
        if (entry.recording().grpcStatus() && entry.grpcStatus() >= 0) {
            response.putResponseTrailers(GRPC_STATUS, Integer.toString(entry.grpcStatus()));
        }
        String details = entry.details();
        if (details != null) {
            response.setResponseCodeDetails(details);
        }
        return HTTPAccessLogEntry.newBuilder()
                .setCommonProperties(common)
                .setProtocolVersion(version(entry.protocol()))
                .setRequest(request)
                .setResponse(response)
                .build();
    }

    private TCPAccessLogEntry tcp(CallRecord.Connection entry, String dropped) {
        return TCPAccessLogEntry.newBuilder()
                .setCommonProperties(
                        common(entry, dropped).setAccessLogType(AccessLogType.TcpConnectionEnd))
                .setConnectionProperties(
                        ConnectionProperties.newBuilder()
                                .setReceivedBytes(entry.ends().bytesReceived())
                                .setSentBytes(entry.ends().bytesSent()))
                .build();
    }

    private AccessLogCommon.Builder common(CallRecord entry, String dropped) {
        CallRecord.Ends ends = entry.ends();
        AccessLogCommon.Builder common =
                AccessLogCommon.newBuilder()
                        .setStartTime(
                                Timestamp.newBuilder()
                                        .setSeconds(ends.startMillis() / 1_000)
                                        .setNanos((int) (ends.startMillis() % 1_000) * 1_000_000))
                        .setDuration(duration(ends.durationNanos()))
                        .setTimeToLastDownstreamTxByte(duration(ends.durationNanos()))
                        .setDownstreamRemoteAddress(address(ends.downstreamRemote()))
                        .setDownstreamLocalAddress(address(ends.downstreamLocal()))
                        .setResponseFlags(FlagFactory.flags(ends.flags()))
                        .setRouteName(ends.routeName())
                        .putAllCustomTags(entry.recording().tags());
        if (!dropped.isEmpty()) {
            common.putCustomTags(DROPPED, dropped);
        }
        ClusterFacts cluster = ends.cluster();
        if (cluster != null) {
            common.setUpstreamCluster(cluster.cluster());
        }
        if (ends.upstreamRemote() != null) {
            common.setUpstreamRemoteAddress(address(ends.upstreamRemote()));
        }
        Security security = ends.downstream();
        if (security.isAuthenticated()) {
            common.setTlsProperties(
                    TLSProperties.newBuilder()
                            .setPeerCertificateProperties(
                                    TLSProperties.CertificateProperties.newBuilder()
                                            .addSubjectAltName(
                                                    TLSProperties.CertificateProperties
                                                            .SubjectAltName.newBuilder()
                                                            .setUri(security.peerName()))));
        }
        // Envoy has no field for how it spoke to the other side; Istio's metrics have a name.
        if (ends.upstream().isAuthenticated()) {
            common.putCustomTags("connection_security_policy", "mutual_tls");
        }
        if (entry.recording().downstreamPeer()) {
            putPeer(common, "downstream_peer", ends.peer());
        }
        if (entry.recording().upstreamPeer()) {
            putPeer(common, "upstream_peer", ends.destination());
        }
        return common;
    }

    private void putPeer(AccessLogCommon.Builder common, String key, WorkloadFacts facts) {
        if (facts.workload().isEmpty()) {
            return;
        }
        if (peers.size() > MOST_PEERS) {
            peers.clear();
        }
        common.putFilterStateObjects(key, peers.computeIfAbsent(facts, EntryFactory::peer));
    }

    /** With the keys of a node's metadata, as Istio's metadata exchange keeps it. */
    private static Any peer(WorkloadFacts facts) {
        return Any.pack(
                Struct.newBuilder()
                        .putFields("WORKLOAD_NAME", text(facts.workload()))
                        .putFields("NAMESPACE", text(facts.namespace()))
                        .putFields("CLUSTER_ID", text(facts.clusterId()))
                        .putFields("SERVICE_ACCOUNT", text(facts.serviceAccount()))
                        .putFields(
                                "LABELS",
                                Value.newBuilder()
                                        .setStructValue(
                                                Struct.newBuilder()
                                                        .putFields("app", text(facts.app()))
                                                        .putFields("version", text(facts.version()))
                                                        .putFields(
                                                                "service.istio.io/canonical-name",
                                                                text(facts.canonicalService())))
                                        .build())
                        .build());
    }

    private static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }

    private static Duration duration(long nanos) {
        return Duration.newBuilder()
                .setSeconds(nanos / 1_000_000_000)
                .setNanos((int) (nanos % 1_000_000_000))
                .build();
    }

    private static Address address(java.net.@Nullable SocketAddress from) {
        if (!(from instanceof InetSocketAddress inet)) {
            return Address.getDefaultInstance();
        }
        return Address.newBuilder()
                .setSocketAddress(
                        SocketAddress.newBuilder()
                                .setAddress(
                                        inet.getAddress() == null
                                                ? inet.getHostString()
                                                : inet.getAddress().getHostAddress())
                                .setPortValue(inet.getPort()))
                .build();
    }

    private static RequestMethod method(String name) {
        try {
            return RequestMethod.valueOf(name);
        } catch (IllegalArgumentException own) {
            return RequestMethod.METHOD_UNSPECIFIED;
        }
    }

    private static HTTPAccessLogEntry.HTTPVersion version(HttpProtocol protocol) {
        return switch (protocol) {
            case HTTP_1_0 -> HTTPAccessLogEntry.HTTPVersion.HTTP10;
            case HTTP_1_1 -> HTTPAccessLogEntry.HTTPVersion.HTTP11;
            case HTTP_2 -> HTTPAccessLogEntry.HTTPVersion.HTTP2;
        };
    }
}
