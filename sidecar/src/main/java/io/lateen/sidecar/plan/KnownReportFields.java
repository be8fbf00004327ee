package io.lateen.sidecar.plan;

import io.envoyproxy.envoy.config.accesslog.v3.AccessLog;
import io.envoyproxy.envoy.config.core.v3.GrpcService;
import io.envoyproxy.envoy.extensions.access_loggers.grpc.v3.CommonGrpcAccessLogConfig;
import io.envoyproxy.envoy.extensions.access_loggers.grpc.v3.HttpGrpcAccessLogConfig;
import io.envoyproxy.envoy.extensions.access_loggers.grpc.v3.TcpGrpcAccessLogConfig;
import io.envoyproxy.envoy.type.tracing.v3.CustomTag;

/** What this sidecar understands of messages about access logs, as {@link KnownFields}. */
final class KnownReportFields {

    private KnownReportFields() {}

    static final Shape ACCESS_LOG =
            Shape.of(AccessLog::getDescriptor)
                    .with(AccessLog.NAME_FIELD_NUMBER, AccessLog.TYPED_CONFIG_FIELD_NUMBER);

    static final Shape GRPC_SERVICE =
            Shape.of(GrpcService::getDescriptor)
                    .with(
                            GrpcService.ENVOY_GRPC_FIELD_NUMBER,
                            Shape.of(GrpcService.EnvoyGrpc::getDescriptor)
                                    .with(GrpcService.EnvoyGrpc.CLUSTER_NAME_FIELD_NUMBER));

    // How much is kept back, and for how long, is this sidecar's own choice.
    private static final Shape COMMON =
            Shape.of(CommonGrpcAccessLogConfig::getDescriptor)
                    .with(
                            CommonGrpcAccessLogConfig.LOG_NAME_FIELD_NUMBER,
                            CommonGrpcAccessLogConfig.TRANSPORT_API_VERSION_FIELD_NUMBER,
                            CommonGrpcAccessLogConfig.BUFFER_FLUSH_INTERVAL_FIELD_NUMBER,
                            CommonGrpcAccessLogConfig.BUFFER_SIZE_BYTES_FIELD_NUMBER,
                            CommonGrpcAccessLogConfig.FILTER_STATE_OBJECTS_TO_LOG_FIELD_NUMBER)
                    .with(CommonGrpcAccessLogConfig.GRPC_SERVICE_FIELD_NUMBER, GRPC_SERVICE)
                    .with(
                            CommonGrpcAccessLogConfig.CUSTOM_TAGS_FIELD_NUMBER,
                            Shape.of(CustomTag::getDescriptor)
                                    .with(
                                            CustomTag.TAG_FIELD_NUMBER,
                                            CustomTag.LITERAL_FIELD_NUMBER));

    static final Shape HTTP_GRPC =
            Shape.of(HttpGrpcAccessLogConfig::getDescriptor)
                    .with(HttpGrpcAccessLogConfig.COMMON_CONFIG_FIELD_NUMBER, COMMON)
                    .with(
                            HttpGrpcAccessLogConfig.ADDITIONAL_REQUEST_HEADERS_TO_LOG_FIELD_NUMBER,
                            HttpGrpcAccessLogConfig.ADDITIONAL_RESPONSE_HEADERS_TO_LOG_FIELD_NUMBER,
                            HttpGrpcAccessLogConfig
                                    .ADDITIONAL_RESPONSE_TRAILERS_TO_LOG_FIELD_NUMBER);

    static final Shape TCP_GRPC =
            Shape.of(TcpGrpcAccessLogConfig::getDescriptor)
                    .with(TcpGrpcAccessLogConfig.COMMON_CONFIG_FIELD_NUMBER, COMMON);
}
