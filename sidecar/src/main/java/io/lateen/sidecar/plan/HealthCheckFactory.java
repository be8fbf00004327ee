package io.lateen.sidecar.plan;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.HealthCheck;
import io.envoyproxy.envoy.config.core.v3.RequestMethod;
import io.envoyproxy.envoy.type.v3.CodecClientType;
import io.envoyproxy.envoy.type.v3.Int64Range;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes health checks from {@code envoy.config.core.v3.HealthCheck}. */
final class HealthCheckFactory {
    private static final HealthCheckPlan.Statuses OK = new HealthCheckPlan.Statuses(200, 201);

    private HealthCheckFactory() {}

    /** The cluster's check; null without one. */
    static @Nullable HealthCheckPlan check(Cluster cluster) throws Refusal {
        if (cluster.getHealthChecksCount() == 0) {
            return null;
        }
        if (cluster.getHealthChecksCount() > 1) {
            throw new Refusal(
                    "health_checks",
                    "are %d; this sidecar expects one".formatted(cluster.getHealthChecksCount()));
        }
        HealthCheck from = cluster.getHealthChecks(0);
        String at = "health_checks[0]";
        return new HealthCheckPlan(
                question(from, cluster.getName(), at),
                pace(from, at),
                threshold(from.getUnhealthyThreshold().getValue(), at + ".unhealthy_threshold"),
                threshold(from.getHealthyThreshold().getValue(), at + ".healthy_threshold"));
    }

    private static int threshold(int value, String field) throws Refusal {
        if (value < 1) {
            throw new Refusal(field, "is %d; expected 1 or more".formatted(value));
        }
        return value;
    }

    private static HealthCheckPlan.Pace pace(HealthCheck from, String at) throws Refusal {
        long timeout = Reading.nanos(from.getTimeout(), at + ".timeout");
        long interval = Reading.nanos(from.getInterval(), at + ".interval");
        if (timeout == 0 || interval == 0) {
            throw new Refusal(
                    at + (timeout == 0 ? ".timeout" : ".interval"), "is 0s; expected more");
        }
        long unhealthy = Reading.nanos(from.getUnhealthyInterval(), at + ".unhealthy_interval");
        return new HealthCheckPlan.Pace(
                timeout,
                interval,
                unhealthy == 0 ? interval : unhealthy,
                Reading.nanos(from.getInitialJitter(), at + ".initial_jitter"),
                Reading.nanos(from.getIntervalJitter(), at + ".interval_jitter"),
                Math.clamp(from.getIntervalJitterPercent(), 0, 1000));
    }

    private static HealthCheckPlan.Question question(HealthCheck from, String cluster, String at)
            throws Refusal {
        return switch (from.getHealthCheckerCase()) {
            case HTTP_HEALTH_CHECK ->
                    http(from.getHttpHealthCheck(), cluster, at + ".http_health_check");
            case TCP_HEALTH_CHECK -> tcp(from.getTcpHealthCheck(), at + ".tcp_health_check");
            case GRPC_HEALTH_CHECK -> {
                String authority = from.getGrpcHealthCheck().getAuthority();
                yield new HealthCheckPlan.Grpc(
                        from.getGrpcHealthCheck().getServiceName(),
                        authority.isEmpty() ? cluster : authority);
            }
            case CUSTOM_HEALTH_CHECK, HEALTHCHECKER_NOT_SET ->
                    throw new Refusal(
                            at,
                            "asks nothing that is known; expected http_health_check,"
                                    + " tcp_health_check or grpc_health_check");
        };
    }

    private static HealthCheckPlan.Http http(
            HealthCheck.HttpHealthCheck from, String cluster, String at) throws Refusal {
        String path = from.getPath();
        if (!path.startsWith("/") || !path.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new Refusal(at + ".path", "is '%s'; expected a path".formatted(path));
        }
        String host = from.getHost().isEmpty() ? cluster : from.getHost();
        if (!host.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new Refusal(at + ".host", "is '%s'; expected a host's name".formatted(host));
        }
        List<HealthCheckPlan.Statuses> expected = new ArrayList<>();
        for (Int64Range range : from.getExpectedStatusesList()) {
            expected.add(
                    new HealthCheckPlan.Statuses(
                            Math.clamp(range.getStart(), 0, 1000),
                            Math.clamp(range.getEnd(), 0, 1000)));
        }
        return new HealthCheckPlan.Http(
                method(from.getMethod(), at + ".method"),
                host,
                path,
                expected.isEmpty() ? List.of(OK) : expected,
                http2(from.getCodecClientType(), at + ".codec_client_type"));
    }

    private static String method(RequestMethod method, String field) throws Refusal {
        return switch (method) {
            case METHOD_UNSPECIFIED, GET -> "GET";
            case HEAD -> "HEAD";
            case OPTIONS -> "OPTIONS";
            case POST, PUT, DELETE, CONNECT, TRACE, PATCH, UNRECOGNIZED ->
                    throw new Refusal(field, "is " + method + "; expected GET, HEAD or OPTIONS");
        };
    }

    private static boolean http2(CodecClientType codec, String field) throws Refusal {
        return switch (codec) {
            case HTTP1 -> false;
            case HTTP2 -> true;
            case HTTP3, UNRECOGNIZED ->
                    throw new Refusal(field, "is " + codec + "; expected HTTP1 or HTTP2");
        };
    }

    private static HealthCheckPlan.Tcp tcp(HealthCheck.TcpHealthCheck from, String at)
            throws Refusal {
        List<String> receive = new ArrayList<>();
        for (HealthCheck.Payload each : from.getReceiveList()) {
            receive.add(octets(each, at + ".receive"));
        }
        return new HealthCheckPlan.Tcp(octets(from.getSend(), at + ".send"), receive);
    }

    private static String octets(HealthCheck.Payload payload, String field) throws Refusal {
        return switch (payload.getPayloadCase()) {
            case BINARY -> payload.getBinary().toString(StandardCharsets.ISO_8859_1);
            case TEXT -> {
                try {
                    yield new String(
                            HexFormat.of().parseHex(payload.getText()),
                            StandardCharsets.ISO_8859_1);
                } catch (IllegalArgumentException wrong) {
                    throw new Refusal(
                            field + ".text",
                            "is '%s'; expected hexadecimal digits".formatted(payload.getText()));
                }
            }
            case PAYLOAD_NOT_SET -> "";
        };
    }
}
