package io.lateen.sidecar.transport;

import io.lateen.sidecar.ads.ResourceType;
import io.lateen.sidecar.plan.Plan;
import io.lateen.sidecar.plan.PlanCompiler;
import io.lateen.sidecar.plan.Xds;
import java.net.InetSocketAddress;
import java.util.List;

/** The listener of a workload, with the filter chains that each kind of port and each mode has. */
final class InboundXds {
    private static final String TLS_CONTEXT =
            """
            transport_socket { name: "envoy.transport_sockets.tls" typed_config {
              [type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext] {
                require_client_certificate { value: true }
                common_tls_context {
                  alpn_protocols: ["h2", "http/1.1"]
                  tls_certificate_sds_secret_configs { name: "default" }
                  combined_validation_context {
                    default_validation_context { match_typed_subject_alt_names {
                      san_type: URI matcher { prefix: "spiffe://cluster.local/" } } }
                    validation_context_sds_secret_config { name: "ROOTCA" } } } } } }
            """;
    private static final String HTTP =
            """
            filters { name: "http" typed_config {
              [type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager] {
                stat_prefix: "inbound" forward_client_cert_details: APPEND_FORWARD
                normalize_path { value: true }
                route_config { name: "inbound|8080||" virtual_hosts { name: "inbound|http|8080" domains: "*"
                  routes { match { prefix: "/" } route { cluster: "inbound|8080||" timeout {} } } } }
                %s http_filters { name: "envoy.filters.http.router" } } } }
            """;
    private static final String BYTES =
            """
            filters { name: "tcp" typed_config {
              [type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy] {
                stat_prefix: "inbound" cluster: "inbound|8080||" } } }
            """;
    private static final String HTTP_ALPN =
            "application_protocols: [\"istio-http/1.0\", \"istio-http/1.1\", \"istio-h2\"]";
    private static final String TCP_ALPN =
            "application_protocols: [\"istio\", \"istio-peer-exchange\"]";
    private static final String ANY_ALPN =
            "application_protocols: [\"istio\", \"istio-peer-exchange\", \"istio-http/1.0\","
                    + " \"istio-http/1.1\", \"istio-h2\"]";
    private static final String SNIFFED = "application_protocols: [\"http/1.1\", \"h2c\"]";

    private InboundXds() {}

    /** What a port is declared as. */
    enum Port {
        HTTP,
        TCP,
        AUTO,
        UNDECLARED
    }

    /** PeerAuthentication's modes. */
    enum Mode {
        DISABLE,
        PERMISSIVE,
        STRICT
    }

    /** The plan of a workload whose application is at {@code application}. */
    static Plan plan(InetSocketAddress at, InetSocketAddress application, Port port, Mode mode) {
        return plan(at, application, chains(port, mode));
    }

    /** The plan of a workload that takes HTTP over mTLS alone, behind these filters. */
    static Plan guarded(InetSocketAddress at, InetSocketAddress application, String httpFilters) {
        return plan(
                at,
                application,
                chain("transport_protocol: \"tls\"", HTTP.formatted(httpFilters), true));
    }

    /** The plan of a workload that takes bytes over mTLS alone, behind these filters. */
    static Plan guardedBytes(
            InetSocketAddress at, InetSocketAddress application, String networkFilters) {
        return plan(
                at,
                application,
                chain("transport_protocol: \"tls\"", networkFilters + BYTES, true));
    }

    /** The same, with more fields of the listener. */
    static Plan plan(
            InetSocketAddress at,
            InetSocketAddress application,
            Port port,
            Mode mode,
            String fields) {
        return plan(at, application, chains(port, mode) + fields);
    }

    private static Plan plan(InetSocketAddress at, InetSocketAddress application, String chains) {
        String listener =
                """
                name: "virtualInbound" traffic_direction: INBOUND
                address { socket_address { address: "%s" port_value: %d } }
                listener_filters { name: "envoy.filters.listener.tls_inspector" }
                listener_filters { name: "envoy.filters.listener.http_inspector" }
                %s
                """
                        .formatted(at.getAddress().getHostAddress(), at.getPort(), chains);
        String cluster =
                """
                name: "inbound|8080||" type: STATIC load_assignment { endpoints { lb_endpoints {
                  endpoint { address { socket_address { address: "%s" port_value: %d } } } } } }
                """
                        .formatted(
                                application.getAddress().getHostAddress(), application.getPort());
        PlanCompiler compiler = new PlanCompiler(List.of());
        List<Object> refused = new java.util.ArrayList<>();
        refused.addAll(compiler.accept(Xds.update(ResourceType.CLUSTERS, cluster)));
        refused.addAll(compiler.accept(Xds.update(ResourceType.LISTENERS, listener)));
        if (!refused.isEmpty()) {
            throw new IllegalArgumentException(refused.toString());
        }
        return compiler.plan(1);
    }

    private static String chains(Port port, Mode mode) {
        String http = HTTP.formatted("");
        return switch (port) {
            case HTTP ->
                    switch (mode) {
                        case DISABLE -> chain("", http, false);
                        case PERMISSIVE -> tls(ANY_ALPN, http, true) + plain("", http);
                        case STRICT -> tls("", http, true);
                    };
            case TCP -> tcp(mode, "");
            case AUTO ->
                    switch (mode) {
                        case DISABLE ->
                                chain(SNIFFED, http, false)
                                        + "default_filter_chain { %s }\n".formatted(BYTES);
                        case PERMISSIVE ->
                                tls(HTTP_ALPN, http, true)
                                        + tls(TCP_ALPN, BYTES, true)
                                        + plain(SNIFFED, http)
                                        + tls("", BYTES, false)
                                        + plain("", BYTES);
                        case STRICT -> tls(HTTP_ALPN, http, true) + tls("", BYTES, true);
                    };
            // Some other port is served as HTTP; this one is not, and has the chains of a TCP port.
            case UNDECLARED -> chain("destination_port { value: 1 }", http, false) + tcp(mode, "");
        };
    }

    private static String tcp(Mode mode, String match) {
        return switch (mode) {
            case DISABLE -> chain(match, BYTES, false);
            case PERMISSIVE ->
                    tls(match + ANY_ALPN, BYTES, true)
                            + tls(match, BYTES, false)
                            + plain(match, BYTES);
            case STRICT -> tls(match, BYTES, true);
        };
    }

    private static String tls(String match, String filters, boolean terminated) {
        return chain(match + " transport_protocol: \"tls\"", filters, terminated);
    }

    private static String plain(String match, String filters) {
        return chain(match + " transport_protocol: \"raw_buffer\"", filters, false);
    }

    private static String chain(String match, String filters, boolean terminated) {
        return "filter_chains { filter_chain_match { %s } %s %s }\n"
                .formatted(match, terminated ? TLS_CONTEXT : "", filters);
    }
}
