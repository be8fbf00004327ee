package io.lateen.mixer.grpc;

import io.envoyproxy.envoy.data.accesslog.v3.HTTPAccessLogEntry;
import io.envoyproxy.envoy.data.accesslog.v3.TCPAccessLogEntry;
import io.envoyproxy.envoy.service.accesslog.v3.AccessLogServiceGrpc;
import io.envoyproxy.envoy.service.accesslog.v3.StreamAccessLogsMessage;
import io.envoyproxy.envoy.service.accesslog.v3.StreamAccessLogsResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.lateen.identity.tls.CallerIdentity;
import io.lateen.mixer.report.EdgeBook;
import io.lateen.model.identity.SpiffeId;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code envoy.service.accesslog.v3.AccessLogService}: counts what proxies report. */
final class AccessLogService extends AccessLogServiceGrpc.AccessLogServiceImplBase {
    private static final Logger log = LoggerFactory.getLogger(AccessLogService.class);

    private final EdgeBook book;
    private final Clock clock;

    AccessLogService(EdgeBook book, Clock clock) {
        this.book = book;
        this.clock = clock;
    }

    @Override
    public StreamObserver<StreamAccessLogsMessage> streamAccessLogs(
            StreamObserver<StreamAccessLogsResponse> answers) {
        return new Stream(answers, CallerIdentity.current());
    }

    /** One proxy's stream. gRPC calls one method at a time. */
    private final class Stream implements StreamObserver<StreamAccessLogsMessage> {
        private final StreamObserver<StreamAccessLogsResponse> answers;
        private final Optional<SpiffeId> certificate;
        private @Nullable EntryReader reader;
        private boolean refused;

        Stream(StreamObserver<StreamAccessLogsResponse> answers, Optional<SpiffeId> certificate) {
            this.answers = answers;
            this.certificate = certificate;
        }

        @Override
        public void onNext(StreamAccessLogsMessage message) {
            if (refused) {
                return;
            }
            if (message.hasIdentifier()) {
                ProxyIdentity self = ProxyIdentity.of(message.getIdentifier().getNode());
                Optional<String> lie = certificate.flatMap(self::contradicts);
                if (lie.isPresent()) {
                    refuse(Status.PERMISSION_DENIED, lie.get());
                    return;
                }
                reader = new EntryReader(self);
            }
            if (reader == null) {
                refuse(
                        Status.INVALID_ARGUMENT,
                        "identifier: found none in the first message, expected the node whose"
                                + " records these are");
                return;
            }
            Instant now = clock.instant();
            for (HTTPAccessLogEntry entry : message.getHttpLogs().getLogEntryList()) {
                if (EntryReader.isEnd(entry.getCommonProperties())) {
                    book.add(reader.http(entry), now);
                }
                addDropped(EntryReader.dropped(entry.getCommonProperties()), now);
            }
            for (TCPAccessLogEntry entry : message.getTcpLogs().getLogEntryList()) {
                if (EntryReader.isEnd(entry.getCommonProperties())) {
                    book.add(reader.tcp(entry), now);
                }
                addDropped(EntryReader.dropped(entry.getCommonProperties()), now);
            }
        }

        private void refuse(Status status, String why) {
            refused = true;
            answers.onError(status.withDescription(why).asRuntimeException());
        }

        private void addDropped(long calls, Instant now) {
            if (calls > 0) {
                book.addDropped(calls, now);
            }
        }

        @Override
        public void onError(Throwable cause) {
            log.debug("a stream of access records has ended", cause);
        }

        @Override
        public void onCompleted() {
            if (!refused) {
                answers.onNext(StreamAccessLogsResponse.getDefaultInstance());
                answers.onCompleted();
            }
        }
    }
}
