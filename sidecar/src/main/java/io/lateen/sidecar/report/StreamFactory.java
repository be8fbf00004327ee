package io.lateen.sidecar.report;

import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.accesslog.v3.AccessLogServiceGrpc;
import io.envoyproxy.envoy.service.accesslog.v3.StreamAccessLogsMessage;
import io.envoyproxy.envoy.service.accesslog.v3.StreamAccessLogsResponse;
import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.lateen.sidecar.ads.NodeDescription;
import io.lateen.sidecar.ads.NodeFactory;
import io.lateen.sidecar.exchange.Recording;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Opens streams of records. Confined to the sending thread, but for what gRPC calls. */
final class StreamFactory {

    private final ReportChannels channels;
    private final Node node;
    private final EntryFactory entries = new EntryFactory();

    StreamFactory(ReportChannels channels, NodeDescription node, String version) {
        this.channels = channels;
        this.node = NodeFactory.node(node, version);
    }

    /** A stream to where a recording goes; empty where that is not known at the moment. */
    Optional<Stream> open(Recording recording) {
        return channels.open(recording.cluster())
                .map(channel -> new Stream(channel, recording.logName()));
    }

    /** One stream: open until its other side or the network ends it. */
    final class Stream
            implements ClientResponseObserver<StreamAccessLogsMessage, StreamAccessLogsResponse> {
        private final ManagedChannel channel;
        private final String logName;
        private final Semaphore changed = new Semaphore(0);
        private @Nullable ClientCallStreamObserver<StreamAccessLogsMessage> requests;
        private boolean identified;
        private volatile @Nullable String ended;

        private Stream(ManagedChannel channel, String logName) {
            this.channel = channel;
            this.logName = logName;
            AccessLogServiceGrpc.newStub(channel).streamAccessLogs(this);
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<StreamAccessLogsMessage> stream) {
            requests = stream;
            stream.setOnReadyHandler(changed::release);
        }

        /**
         * Sends a batch once the network takes it.
         *
         * @return false when the stream has ended instead
         */
        boolean send(List<CallRecord> batch, long dropped) throws InterruptedException {
            ClientCallStreamObserver<StreamAccessLogsMessage> stream = requests;
            while (stream != null && ended == null) {
                if (stream.isReady()) {
                    StreamAccessLogsMessage.Builder message = entries.message(batch, dropped);
                    if (!identified) {
                        identified = true;
                        message.setIdentifier(
                                StreamAccessLogsMessage.Identifier.newBuilder()
                                        .setNode(node)
                                        .setLogName(logName));
                    }
                    stream.onNext(message.build());
                    return true;
                }
                var _ = changed.tryAcquire(500, TimeUnit.MILLISECONDS);
            }
            return false;
        }

        /** Why it has ended; null while it is open. */
        @Nullable String ended() {
            return ended;
        }

        void close() {
            if (requests != null && ended == null) {
                requests.onCompleted();
            }
            channel.shutdown();
        }

        @Override
        public void onNext(StreamAccessLogsResponse answer) {}

        @Override
        public void onError(Throwable cause) {
            end(String.valueOf(cause.getMessage()));
        }

        @Override
        public void onCompleted() {
            end("the other side has closed it");
        }

        private void end(String why) {
            ended = why;
            changed.release();
        }
    }
}
