package io.lateen.mixer.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import io.envoyproxy.envoy.data.accesslog.v3.AccessLogCommon;
import io.envoyproxy.envoy.data.accesslog.v3.HTTPAccessLogEntry;
import io.envoyproxy.envoy.data.accesslog.v3.HTTPResponseProperties;
import io.envoyproxy.envoy.data.accesslog.v3.ResponseFlags;
import io.envoyproxy.envoy.data.accesslog.v3.TCPAccessLogEntry;
import io.lateen.mixer.report.Call;
import io.lateen.mixer.report.Party;
import io.lateen.mixer.report.Protocol;
import io.lateen.mixer.report.Reporter;
import io.lateen.model.naming.ClusterName;
import io.lateen.model.naming.Direction;
import io.lateen.model.naming.Hostname;
import java.util.Optional;

/**
 * Reads a proxy's records. What a stock Envoy cannot say is left unknown; what Istio's telemetry
 * adds is read where Istio puts it: peers in the filter state, names of labels as custom tags.
 */
final class EntryReader {
    private static final String REPORTER = "reporter";
    private static final String DESTINATION_SERVICE = "destination_service";
    private static final String SECURITY = "connection_security_policy";

    /** The number of records that the sidecar had to drop since the one before. */
    private static final String DROPPED = "lateen.dropped";

    private static final int GRPC_UNKNOWN = 2;

    private final ProxyIdentity self;

    EntryReader(ProxyIdentity self) {
        this.self = self;
    }

    Call http(HTTPAccessLogEntry entry) {
        AccessLogCommon common = entry.getCommonProperties();
        String host = host(entry.getRequest().getAuthority());
        boolean grpc =
                entry.getRequest()
                        .getRequestHeadersOrDefault("content-type", "")
                        .startsWith("application/grpc");
        int code =
                grpc
                        ? grpcStatus(entry.getResponse())
                        : entry.getResponse().getResponseCode().getValue();
        return call(
                common,
                host,
                grpc ? Protocol.GRPC : Protocol.HTTP,
                new Call.Outcome(
                        code,
                        latencyMicros(common),
                        security(common),
                        entry.getResponse().getResponseBodyBytes(),
                        entry.getRequest().getRequestBodyBytes()));
    }

    Call tcp(TCPAccessLogEntry entry) {
        AccessLogCommon common = entry.getCommonProperties();
        return call(
                common,
                "",
                Protocol.TCP,
                new Call.Outcome(
                        isFailed(common.getResponseFlags()) ? Call.FAILED_CONNECTION : Call.NO_CODE,
                        -1,
                        security(common),
                        entry.getConnectionProperties().getSentBytes(),
                        entry.getConnectionProperties().getReceivedBytes()));
    }

    /** Whether it is the end of a call: what goes on is counted once it ends. */
    static boolean isEnd(AccessLogCommon common) {
        return switch (common.getAccessLogType()) {
            case NotSet, TcpConnectionEnd, DownstreamEnd -> true;
            default -> false;
        };
    }

    /** How many records the sidecar had to drop before this one. */
    static long dropped(AccessLogCommon common) {
        if (common.getCustomTagsCount() == 0) {
            return 0;
        }
        String count = common.getCustomTagsOrDefault(DROPPED, "");
        return count.matches("\\d{1,12}") ? Long.parseLong(count) : 0;
    }

    private Call call(AccessLogCommon common, String host, Protocol protocol, Call.Outcome how) {
        Reporter reporter = reporter(common);
        String service = service(common, reporter, host);
        return switch (reporter) {
            case DESTINATION ->
                    new Call(
                            peer(common, "downstream_peer").orElse(Party.UNKNOWN),
                            self.party(),
                            service,
                            protocol,
                            reporter,
                            how);
            case SOURCE ->
                    new Call(
                            self.party(),
                            peer(common, "upstream_peer").orElseGet(() -> target(common, service)),
                            service,
                            protocol,
                            reporter,
                            how);
        };
    }

    private static Reporter reporter(AccessLogCommon common) {
        String said = common.getCustomTagsOrDefault(REPORTER, "");
        if (!said.isEmpty()) {
            return Reporter.of(said);
        }
        return common.getUpstreamCluster().startsWith(Direction.INBOUND.word())
                        || common.getUpstreamCluster().equals(ClusterName.INBOUND_PASSTHROUGH)
                ? Reporter.DESTINATION
                : Reporter.SOURCE;
    }

    private String service(AccessLogCommon common, Reporter reporter, String host) {
        String said = common.getCustomTagsOrDefault(DESTINATION_SERVICE, "");
        if (!said.isEmpty()) {
            return said;
        }
        if (reporter == Reporter.DESTINATION) {
            return host.endsWith(".svc." + self.domain())
                    ? host
                    : self.party().service()
                            + "."
                            + self.party().namespace()
                            + ".svc."
                            + self.domain();
        }
        Optional<Hostname> named =
                ClusterName.parse(common.getUpstreamCluster())
                        .flatMap(name -> Optional.ofNullable(name.host()));
        if (named.isPresent()) {
            return named.get().toString();
        }
        // What no route took has no service; its authority is whatever the client wrote.
        return common.getUpstreamCluster().equals(ClusterName.PASSTHROUGH) ? host : "";
    }

    /** Who was called, where no workload was reached or named. */
    private Party target(AccessLogCommon common, String service) {
        if (service.isEmpty()) {
            return common.getUpstreamCluster().equals(ClusterName.PASSTHROUGH)
                    ? Party.outside("address")
                    : Party.UNKNOWN;
        }
        return service.endsWith(".svc." + self.domain())
                ? Party.someWorkloadOf(service)
                : Party.outside(service);
    }

    private static Optional<Party> peer(AccessLogCommon common, String key) {
        Any state = common.getFilterStateObjectsOrDefault(key, Any.getDefaultInstance());
        if (!state.is(Struct.class)) {
            return Optional.empty();
        }
        try {
            return ProxyIdentity.workload(state.unpack(Struct.class), "");
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }

    private static Call.Security security(AccessLogCommon common) {
        String said = common.getCustomTagsOrDefault(SECURITY, "");
        if (!said.isEmpty()) {
            return said.equals("mutual_tls") ? Call.Security.MUTUAL_TLS : Call.Security.NONE;
        }
        if (reporter(common) == Reporter.SOURCE) {
            return Call.Security.UNKNOWN;
        }
        return common.getTlsProperties().getPeerCertificateProperties().getSubjectAltNameCount() > 0
                ? Call.Security.MUTUAL_TLS
                : Call.Security.NONE;
    }

    private static long latencyMicros(AccessLogCommon common) {
        Duration duration =
                common.hasDuration()
                        ? common.getDuration()
                        : common.getTimeToLastDownstreamTxByte();
        long micros = duration.getSeconds() * 1_000_000 + duration.getNanos() / 1_000;
        return common.hasDuration() || common.hasTimeToLastDownstreamTxByte()
                ? Math.max(0, micros)
                : -1;
    }

    private static int grpcStatus(HTTPResponseProperties response) {
        String status =
                response.getResponseTrailersOrDefault(
                        "grpc-status", response.getResponseHeadersOrDefault("grpc-status", ""));
        return status.matches("\\d{1,3}") ? Integer.parseInt(status) : GRPC_UNKNOWN;
    }

    private static boolean isFailed(ResponseFlags flags) {
        return flags.getNoHealthyUpstream()
                || flags.getUpstreamConnectionFailure()
                || flags.getNoRouteFound()
                || flags.getNoClusterFound()
                || flags.getUpstreamOverflow();
    }

    /** The name in an authority, without its port. */
    private static String host(String authority) {
        int colon = authority.lastIndexOf(':');
        boolean port =
                colon > 0
                        && !authority.endsWith("]")
                        && authority.substring(colon + 1).chars().allMatch(Character::isDigit);
        return port ? authority.substring(0, colon) : authority;
    }
}
