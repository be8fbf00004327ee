package io.lateen.sidecar.plan;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.accesslog.v3.AccessLog;
import io.envoyproxy.envoy.extensions.access_loggers.grpc.v3.CommonGrpcAccessLogConfig;
import io.envoyproxy.envoy.extensions.access_loggers.grpc.v3.HttpGrpcAccessLogConfig;
import io.envoyproxy.envoy.extensions.access_loggers.grpc.v3.TcpGrpcAccessLogConfig;
import io.envoyproxy.envoy.type.tracing.v3.CustomTag;
import io.lateen.sidecar.exchange.HeaderName;
import io.lateen.sidecar.exchange.Recording;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes where records go from a listener's access logs: Envoy's gRPC access-log service. */
final class RecordingFactory {

    private static final String HTTP =
            "envoy.extensions.access_loggers.grpc.v3.HttpGrpcAccessLogConfig";
    private static final String TCP =
            "envoy.extensions.access_loggers.grpc.v3.TcpGrpcAccessLogConfig";
    private static final String GRPC_STATUS = "grpc-status";
    private static final String DOWNSTREAM_PEER = "downstream_peer";
    private static final String UPSTREAM_PEER = "upstream_peer";
    private static final Set<String> PEERS = Set.of(DOWNSTREAM_PEER, UPSTREAM_PEER);

    private RecordingFactory() {}

    /** Where records of requests go; null for nowhere. */
    static @Nullable Recording requests(List<AccessLog> logs, String at) throws Refusal {
        Any config = only(logs, HTTP, at);
        if (config == null) {
            return null;
        }
        String field = at + ".access_log[0].typed_config";
        HttpGrpcAccessLogConfig log =
                Reading.unpack(
                        config,
                        HttpGrpcAccessLogConfig.parser(),
                        KnownReportFields.HTTP_GRPC,
                        field);
        List<HeaderName> headers = new ArrayList<>();
        for (String name : log.getAdditionalRequestHeadersToLogList()) {
            headers.add(Reading.headerName(name, field + ".additional_request_headers_to_log"));
        }
        List<String> responses = new ArrayList<>(log.getAdditionalResponseHeadersToLogList());
        responses.addAll(log.getAdditionalResponseTrailersToLogList());
        if (!Set.of(GRPC_STATUS).containsAll(responses)) {
            throw new Refusal(
                    field, "logs %s of responses; expected %s".formatted(responses, GRPC_STATUS));
        }
        return recording(
                log.getCommonConfig(),
                headers,
                responses.contains(GRPC_STATUS),
                field + ".common_config");
    }

    /** Where records of connections go; null for nowhere. */
    static @Nullable Recording connections(List<AccessLog> logs, String at) throws Refusal {
        Any config = only(logs, TCP, at);
        if (config == null) {
            return null;
        }
        String field = at + ".access_log[0].typed_config";
        TcpGrpcAccessLogConfig log =
                Reading.unpack(
                        config, TcpGrpcAccessLogConfig.parser(), KnownReportFields.TCP_GRPC, field);
        return recording(log.getCommonConfig(), List.of(), false, field + ".common_config");
    }

    private static @Nullable Any only(List<AccessLog> logs, String type, String at) throws Refusal {
        if (logs.isEmpty()) {
            return null;
        }
        Any config = logs.getFirst().getTypedConfig();
        if (logs.size() > 1 || !Reading.typeOf(config).equals(type)) {
            throw new Refusal(
                    at + ".access_log",
                    "has %d loggers, the first a %s; expected one, %s (a log on this machine is"
                                    .formatted(logs.size(), Reading.typeOf(config), type)
                            + " switched on with --access-log)");
        }
        return config;
    }

    private static Recording recording(
            CommonGrpcAccessLogConfig from, List<HeaderName> headers, boolean grpcStatus, String at)
            throws Refusal {
        String cluster = from.getGrpcService().getEnvoyGrpc().getClusterName();
        if (cluster.isEmpty()) {
            throw new Refusal(
                    at + ".grpc_service", "names no cluster; expected envoy_grpc.cluster_name");
        }
        List<String> states = from.getFilterStateObjectsToLogList();
        if (!PEERS.containsAll(states)) {
            throw new Refusal(
                    at + ".filter_state_objects_to_log",
                    "is %s; expected %s and %s".formatted(states, DOWNSTREAM_PEER, UPSTREAM_PEER));
        }
        Map<String, String> tags = new LinkedHashMap<>();
        for (CustomTag tag : from.getCustomTagsList()) {
            if (!tag.hasLiteral()) {
                throw new Refusal(at + ".custom_tags", "is not literal; expected literal values");
            }
            tags.put(tag.getTag(), tag.getLiteral().getValue());
        }
        return new Recording(
                cluster,
                from.getLogName(),
                tags,
                headers,
                grpcStatus,
                states.contains(DOWNSTREAM_PEER),
                states.contains(UPSTREAM_PEER));
    }
}
