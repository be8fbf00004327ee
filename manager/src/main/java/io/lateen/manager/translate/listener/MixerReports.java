package io.lateen.manager.translate.listener;

import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.accesslog.v3.AccessLog;
import io.envoyproxy.envoy.config.core.v3.ApiVersion;
import io.envoyproxy.envoy.config.core.v3.GrpcService;
import io.envoyproxy.envoy.extensions.access_loggers.grpc.v3.CommonGrpcAccessLogConfig;
import io.envoyproxy.envoy.extensions.access_loggers.grpc.v3.HttpGrpcAccessLogConfig;
import io.envoyproxy.envoy.extensions.access_loggers.grpc.v3.TcpGrpcAccessLogConfig;
import io.envoyproxy.envoy.type.tracing.v3.CustomTag;
import io.lateen.manager.translate.cluster.MixerCluster;
import io.lateen.manager.translate.envoy.Deterministic;

/** The access loggers that report to the mixer, over Envoy's gRPC access-log service. */
final class MixerReports {

    private static final String LOG_NAME = "lateen";
    private static final String GRPC_STATUS = "grpc-status";

    private MixerReports() {}

    /** Requests: with what tells gRPC and its outcome. */
    static AccessLog ofRequests(AccessLogging logging) {
        return log(
                "envoy.access_loggers.http_grpc",
                HttpGrpcAccessLogConfig.newBuilder()
                        .setCommonConfig(common(logging))
                        .addAdditionalRequestHeadersToLog("content-type")
                        .addAdditionalResponseHeadersToLog(GRPC_STATUS)
                        .addAdditionalResponseTrailersToLog(GRPC_STATUS)
                        .build());
    }

    /** Connections that are passed on as bytes. */
    static AccessLog ofConnections(AccessLogging logging) {
        return log(
                "envoy.access_loggers.tcp_grpc",
                TcpGrpcAccessLogConfig.newBuilder().setCommonConfig(common(logging)).build());
    }

    private static CommonGrpcAccessLogConfig common(AccessLogging logging) {
        CommonGrpcAccessLogConfig.Builder config =
                CommonGrpcAccessLogConfig.newBuilder()
                        .setLogName(LOG_NAME)
                        .setTransportApiVersion(ApiVersion.V3)
                        .setGrpcService(
                                GrpcService.newBuilder()
                                        .setEnvoyGrpc(
                                                GrpcService.EnvoyGrpc.newBuilder()
                                                        .setClusterName(MixerCluster.NAME)))
                        // Where Istio's proxies keep what they know of the other side.
                        .addFilterStateObjectsToLog("downstream_peer")
                        .addFilterStateObjectsToLog("upstream_peer")
                        .addCustomTags(tag("reporter", logging.reporter()));
        if (!logging.service().isEmpty()) {
            config.addCustomTags(tag("destination_service", logging.service()));
        }
        return config.build();
    }

    private static CustomTag tag(String name, String value) {
        return CustomTag.newBuilder()
                .setTag(name)
                .setLiteral(CustomTag.Literal.newBuilder().setValue(value))
                .build();
    }

    private static AccessLog log(String name, Message config) {
        return AccessLog.newBuilder()
                .setName(name)
                .setTypedConfig(Deterministic.any(config))
                .build();
    }
}
