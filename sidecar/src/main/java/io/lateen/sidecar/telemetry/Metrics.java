package io.lateen.sidecar.telemetry;

import java.util.List;

/**
 * Every metric and label that the sidecar exposes: names, types and help in one place. The {@code
 * istio_} ones are Istio's standard metrics ({@code istio.md} §4.1).
 */
public enum Metrics {
    REQUESTS("istio_requests_total", Type.COUNTER, "Requests that ended."),
    REQUEST_DURATION(
            "istio_request_duration_milliseconds",
            Type.HISTOGRAM,
            "From a request's head to the end of its response, in milliseconds."),
    REQUEST_BYTES("istio_request_bytes", Type.HISTOGRAM, "Body bytes of requests."),
    RESPONSE_BYTES("istio_response_bytes", Type.HISTOGRAM, "Body bytes of responses."),
    TCP_OPENED("istio_tcp_connections_opened_total", Type.COUNTER, "Connections that were opened."),
    TCP_CLOSED("istio_tcp_connections_closed_total", Type.COUNTER, "Connections that were closed."),
    TCP_SENT("istio_tcp_sent_bytes_total", Type.COUNTER, "Bytes sent to clients."),
    TCP_RECEIVED("istio_tcp_received_bytes_total", Type.COUNTER, "Bytes received from clients."),
    BUILD("istio_build", Type.GAUGE, "The sidecar's version."),
    PLAN_REVISION(
            "lateen_plan_revision",
            Type.GAUGE,
            "The store's revision that is in force, 0 if none."),
    MANAGER_CONNECTED(
            "lateen_manager_connected", Type.GAUGE, "1 while a stream to a manager is open."),
    CONFIGURATION_AGE(
            "lateen_configuration_age_seconds",
            Type.GAUGE,
            "Time since the configuration in force was last confirmed by a manager."),
    REJECTIONS("lateen_resources_rejected_total", Type.COUNTER, "Resources refused with a NACK."),
    ACCESS_LOG_DROPPED(
            "lateen_access_log_dropped_total",
            Type.COUNTER,
            "Access records left out because the log could not keep up."),
    SERIES_OVERFLOWED(
            "lateen_series_overflowed_total",
            Type.COUNTER,
            "Requests and connections counted without their peer, because there were too many."),
    CONNECTIONS_DENIED(
            "lateen_tcp_connections_denied_total",
            Type.COUNTER,
            "Raw connections that an authorization policy closed."),
    RECORDS_SENT(
            "lateen_access_records_sent_total",
            Type.COUNTER,
            "Access records handed to the network for the mixer."),
    RECORDS_DROPPED(
            "lateen_access_records_dropped_total",
            Type.COUNTER,
            "Access records dropped because the mixer did not take them in time."),
    DIRECT_MEMORY_USED(
            "lateen_direct_memory_used_bytes", Type.GAUGE, "Memory held for buffers of traffic."),
    MEMORY_USED("lateen_heap_used_bytes", Type.GAUGE, "Java heap in use.");

    /** The labels of every {@code istio_} metric about traffic, in Istio's order. */
    static final List<String> TRAFFIC_LABELS =
            List.of(
                    "reporter",
                    "source_workload",
                    "source_canonical_service",
                    "source_canonical_revision",
                    "source_workload_namespace",
                    "source_principal",
                    "source_app",
                    "source_version",
                    "source_cluster",
                    "destination_workload",
                    "destination_workload_namespace",
                    "destination_principal",
                    "destination_app",
                    "destination_version",
                    "destination_service",
                    "destination_canonical_service",
                    "destination_canonical_revision",
                    "destination_service_name",
                    "destination_service_namespace",
                    "destination_cluster",
                    "request_protocol",
                    "response_flags",
                    "connection_security_policy");

    /** Labels that only requests have, after the others. */
    static final List<String> REQUEST_LABELS = List.of("response_code", "grpc_response_status");

    /** Prometheus' types. */
    enum Type {
        COUNTER,
        GAUGE,
        HISTOGRAM
    }

    private final String metricName;
    private final Type type;
    private final String help;

    Metrics(String metricName, Type type, String help) {
        this.metricName = metricName;
        this.type = type;
        this.help = help;
    }

    /** The name, with {@code _total} for counters. */
    String metricName() {
        return metricName;
    }

    Type type() {
        return type;
    }

    String help() {
        return help;
    }
}
