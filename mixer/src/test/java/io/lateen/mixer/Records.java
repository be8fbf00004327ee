package io.lateen.mixer;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.Struct;
import com.google.protobuf.UInt32Value;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.data.accesslog.v3.AccessLogCommon;
import io.envoyproxy.envoy.data.accesslog.v3.HTTPAccessLogEntry;
import io.envoyproxy.envoy.data.accesslog.v3.HTTPRequestProperties;
import io.envoyproxy.envoy.data.accesslog.v3.HTTPResponseProperties;
import io.envoyproxy.envoy.service.accesslog.v3.AccessLogServiceGrpc;
import io.envoyproxy.envoy.service.accesslog.v3.StreamAccessLogsMessage;
import io.envoyproxy.envoy.service.accesslog.v3.StreamAccessLogsResponse;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Access records as a proxy sends them, by gRPC's own client. */
public final class Records {
    private Records() {}

    /** The node of {@code front-v1}. */
    public static Node front() {
        return Node.newBuilder()
                .setId("sidecar~127.0.1.1~front-v1-1.default~default.svc.cluster.local")
                .setMetadata(workload("front"))
                .build();
    }

    /** What is known of version 1 of a workload. */
    public static Struct workload(String app) {
        return Struct.newBuilder()
                .putFields("WORKLOAD_NAME", text(app + "-v1"))
                .putFields("NAMESPACE", text("default"))
                .putFields(
                        "LABELS",
                        Value.newBuilder()
                                .setStructValue(
                                        Struct.newBuilder()
                                                .putFields("app", text(app))
                                                .putFields("version", text("v1")))
                                .build())
                .build();
    }

    private static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }

    /** A request from {@code front} to {@code back}. */
    public static HTTPAccessLogEntry toBack(int code, int millis) {
        return HTTPAccessLogEntry.newBuilder()
                .setCommonProperties(
                        AccessLogCommon.newBuilder()
                                .setUpstreamCluster(
                                        "outbound|9080|v1|back.default.svc.cluster.local")
                                .setDuration(Duration.newBuilder().setNanos(millis * 1_000_000))
                                .putFilterStateObjects("upstream_peer", Any.pack(workload("back"))))
                .setRequest(HTTPRequestProperties.newBuilder().setAuthority("back:9080"))
                .setResponse(
                        HTTPResponseProperties.newBuilder()
                                .setResponseCode(UInt32Value.of(code))
                                .setResponseBodyBytes(512))
                .build();
    }

    /** A batch of records of {@code front}. */
    public static StreamAccessLogsMessage batch(List<HTTPAccessLogEntry> entries) {
        return StreamAccessLogsMessage.newBuilder()
                .setIdentifier(
                        StreamAccessLogsMessage.Identifier.newBuilder()
                                .setNode(front())
                                .setLogName("lateen"))
                .setHttpLogs(
                        StreamAccessLogsMessage.HTTPAccessLogEntries.newBuilder()
                                .addAllLogEntry(entries))
                .build();
    }

    /** Sends messages and waits until the other side has taken them all. */
    public static void send(ManagedChannel channel, List<StreamAccessLogsMessage> messages)
            throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        StreamObserver<StreamAccessLogsMessage> stream =
                AccessLogServiceGrpc.newStub(channel)
                        .streamAccessLogs(
                                new StreamObserver<>() {
                                    @Override
                                    public void onNext(StreamAccessLogsResponse answer) {}

                                    @Override
                                    public void onError(Throwable cause) {
                                        done.completeExceptionally(cause);
                                    }

                                    @Override
                                    public void onCompleted() {
                                        done.complete(null);
                                    }
                                });
        messages.forEach(stream::onNext);
        stream.onCompleted();
        done.get(20, TimeUnit.SECONDS);
    }
}
