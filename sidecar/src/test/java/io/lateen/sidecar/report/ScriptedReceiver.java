package io.lateen.sidecar.report;

import io.envoyproxy.envoy.data.accesslog.v3.HTTPAccessLogEntry;
import io.envoyproxy.envoy.service.accesslog.v3.AccessLogServiceGrpc;
import io.envoyproxy.envoy.service.accesslog.v3.StreamAccessLogsMessage;
import io.envoyproxy.envoy.service.accesslog.v3.StreamAccessLogsResponse;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes records in, as grpc-java does. */
final class ScriptedReceiver extends AccessLogServiceGrpc.AccessLogServiceImplBase
        implements AutoCloseable {
    final List<StreamAccessLogsMessage> messages = new CopyOnWriteArrayList<>();
    private final Server server;

    ScriptedReceiver(int port) throws IOException {
        server =
                NettyServerBuilder.forAddress(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                        .addService(this)
                        .build()
                        .start();
    }

    int port() {
        return server.getPort();
    }

    List<HTTPAccessLogEntry> requests() {
        return messages.stream()
                .flatMap(each -> each.getHttpLogs().getLogEntryList().stream())
                .toList();
    }

    @Override
    public StreamObserver<StreamAccessLogsMessage> streamAccessLogs(
            StreamObserver<StreamAccessLogsResponse> answers) {
        return new StreamObserver<>() {
            @Override
            public void onNext(StreamAccessLogsMessage message) {
                messages.add(message);
            }

            @Override
            public void onError(Throwable cause) {
                // The sidecar went away without a word.
            }

            @Override
            public void onCompleted() {
                answers.onCompleted();
            }
        };
    }

    @Override
    public void close() {
        try {
            server.shutdownNow().awaitTermination();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
