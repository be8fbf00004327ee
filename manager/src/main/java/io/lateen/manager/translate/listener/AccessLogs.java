package io.lateen.manager.translate.listener;

import com.google.protobuf.Struct;
import io.envoyproxy.envoy.config.accesslog.v3.AccessLog;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.SubstitutionFormatString;
import io.envoyproxy.envoy.extensions.access_loggers.stream.v3.StdoutAccessLog;
import io.lateen.manager.translate.envoy.Deterministic;
import io.lateen.manager.translate.envoy.Metadatas;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The logs that every HTTP connection and every TCP proxy has, in order: the one place where that
 * is written. On standard output in Istio's default forms, and to the mixer.
 */
final class AccessLogs {

    private static final String TEXT =
            "[%START_TIME%] \"%REQ(:METHOD)% %REQ(X-ENVOY-ORIGINAL-PATH?:PATH)% %PROTOCOL%\""
                    + " %RESPONSE_CODE% %RESPONSE_FLAGS% %RESPONSE_CODE_DETAILS%"
                    + " %CONNECTION_TERMINATION_DETAILS%"
                    + " \"%UPSTREAM_TRANSPORT_FAILURE_REASON%\" %BYTES_RECEIVED% %BYTES_SENT%"
                    + " %DURATION% %RESP(X-ENVOY-UPSTREAM-SERVICE-TIME)%"
                    + " \"%REQ(X-FORWARDED-FOR)%\" \"%REQ(USER-AGENT)%\" \"%REQ(X-REQUEST-ID)%\""
                    + " \"%REQ(:AUTHORITY)%\" \"%UPSTREAM_HOST%\" %UPSTREAM_CLUSTER_RAW%"
                    + " %UPSTREAM_LOCAL_ADDRESS% %DOWNSTREAM_LOCAL_ADDRESS%"
                    + " %DOWNSTREAM_REMOTE_ADDRESS% %REQUESTED_SERVER_NAME% %ROUTE_NAME%\n";

    private static final Map<String, String> JSON =
            Map.ofEntries(
                    Map.entry("start_time", "%START_TIME%"),
                    Map.entry("route_name", "%ROUTE_NAME%"),
                    Map.entry("method", "%REQ(:METHOD)%"),
                    Map.entry("path", "%REQ(X-ENVOY-ORIGINAL-PATH?:PATH)%"),
                    Map.entry("protocol", "%PROTOCOL%"),
                    Map.entry("response_code", "%RESPONSE_CODE%"),
                    Map.entry("response_flags", "%RESPONSE_FLAGS%"),
                    Map.entry("response_code_details", "%RESPONSE_CODE_DETAILS%"),
                    Map.entry("connection_termination_details", "%CONNECTION_TERMINATION_DETAILS%"),
                    Map.entry("bytes_received", "%BYTES_RECEIVED%"),
                    Map.entry("bytes_sent", "%BYTES_SENT%"),
                    Map.entry("duration", "%DURATION%"),
                    Map.entry("upstream_service_time", "%RESP(X-ENVOY-UPSTREAM-SERVICE-TIME)%"),
                    Map.entry("x_forwarded_for", "%REQ(X-FORWARDED-FOR)%"),
                    Map.entry("user_agent", "%REQ(USER-AGENT)%"),
                    Map.entry("request_id", "%REQ(X-REQUEST-ID)%"),
                    Map.entry("authority", "%REQ(:AUTHORITY)%"),
                    Map.entry("upstream_host", "%UPSTREAM_HOST%"),
                    Map.entry("upstream_cluster", "%UPSTREAM_CLUSTER_RAW%"),
                    Map.entry("upstream_local_address", "%UPSTREAM_LOCAL_ADDRESS%"),
                    Map.entry("downstream_local_address", "%DOWNSTREAM_LOCAL_ADDRESS%"),
                    Map.entry("downstream_remote_address", "%DOWNSTREAM_REMOTE_ADDRESS%"),
                    Map.entry("requested_server_name", "%REQUESTED_SERVER_NAME%"),
                    Map.entry(
                            "upstream_transport_failure_reason",
                            "%UPSTREAM_TRANSPORT_FAILURE_REASON%"));

    private AccessLogs() {}

    /** The logs of requests. */
    static List<AccessLog> ofRequests(AccessLogging logging) {
        List<AccessLog> logs = new ArrayList<>(onStandardOutput(logging.format()));
        if (logging.reported()) {
            logs.add(MixerReports.ofRequests(logging));
        }
        return logs;
    }

    /** The logs of connections that are passed on as bytes. */
    static List<AccessLog> ofConnections(AccessLogging logging) {
        List<AccessLog> logs = new ArrayList<>(onStandardOutput(logging.format()));
        if (logging.reported()) {
            logs.add(MixerReports.ofConnections(logging));
        }
        return logs;
    }

    private static List<AccessLog> onStandardOutput(AccessLogFormat format) {
        return switch (format) {
            case OFF -> List.of();
            case TEXT ->
                    List.of(
                            log(
                                    SubstitutionFormatString.newBuilder()
                                            .setTextFormatSource(
                                                    DataSource.newBuilder()
                                                            .setInlineString(TEXT))));
            case JSON -> List.of(log(SubstitutionFormatString.newBuilder().setJsonFormat(json())));
        };
    }

    private static Struct json() {
        return Metadatas.texts(JSON).getStructValue();
    }

    private static AccessLog log(SubstitutionFormatString.Builder format) {
        return AccessLog.newBuilder()
                .setName("envoy.access_loggers.stdout")
                .setTypedConfig(
                        Deterministic.any(
                                StdoutAccessLog.newBuilder().setLogFormat(format).build()))
                .build();
    }
}
