package io.lateen.model.schema;

import static io.lateen.model.schema.BooleanSchema.bool;
import static io.lateen.model.schema.Field.field;
import static io.lateen.model.schema.Field.required;
import static io.lateen.model.schema.IntegerSchema.between;
import static io.lateen.model.schema.IntegerSchema.int32;
import static io.lateen.model.schema.IntegerSchema.notNegative;
import static io.lateen.model.schema.IntegerSchema.uint32;
import static io.lateen.model.schema.ListSchema.list;
import static io.lateen.model.schema.MapSchema.map;
import static io.lateen.model.schema.NumberSchema.notNegativeNumber;
import static io.lateen.model.schema.NumberSchema.percent;
import static io.lateen.model.schema.ObjectSchema.object;
import static io.lateen.model.schema.TextSchema.duration;
import static io.lateen.model.schema.TextSchema.durationOrZero;
import static io.lateen.model.schema.TextSchema.oneOf;
import static io.lateen.model.schema.TextSchema.text;

/** What a policy for calling a host may hold. */
final class TrafficPolicySchema {

    private static final ObjectSchema TCP_SETTINGS =
            object(
                    "TCPSettings",
                    field("maxConnections", int32(), "Connections at once; 0 is no limit.")
                            .orElse(0),
                    field("connectTimeout", duration(), "Longest time to connect; 10s by default."),
                    field(
                            "tcpKeepalive",
                            object(
                                    "TcpKeepalive",
                                    field("probes", uint32(), "Unanswered probes until it is dead.")
                                            .orElse(0),
                                    field("time", duration(), "Idle time before the first probe."),
                                    field("interval", duration(), "Time between probes.")),
                            "Probes on idle connections."),
                    field("maxConnectionDuration", duration(), "Longest life of a connection."),
                    field("idleTimeout", durationOrZero(), "Longest silence; 0s is no limit."));

    private static final ObjectSchema HTTP_SETTINGS =
            object(
                    "HTTPSettings",
                    field(
                                    "http1MaxPendingRequests",
                                    int32(),
                                    "Requests that wait for a connection; 0 is no limit.")
                            .orElse(0),
                    field("http2MaxRequests", int32(), "Requests at once; 0 is no limit.")
                            .orElse(0),
                    field(
                                    "maxRequestsPerConnection",
                                    int32(),
                                    "Requests until a connection is closed; 0 is no limit.")
                            .orElse(0),
                    field("maxRetries", int32(), "Retries at once; 0 is no limit.").orElse(0),
                    field("idleTimeout", duration(), "Longest silence; 1h by default."),
                    field(
                                    "h2UpgradePolicy",
                                    oneOf("DEFAULT", "DO_NOT_UPGRADE", "UPGRADE"),
                                    "Whether HTTP/1.1 is sent on as HTTP/2.")
                            .orElse("DEFAULT"),
                    field("useClientProtocol", bool(), "Whether the client's version is kept.")
                            .orElse(false),
                    field("maxConcurrentStreams", int32(), "Streams on one HTTP/2 connection.")
                            .orElse(0),
                    field(
                            "http2KeepAlive",
                            object(
                                    "HTTP2KeepAlive",
                                    field("interval", duration(), "Time between pings."),
                                    field("timeout", duration(), "Longest wait for the answer.")),
                            "Pings on HTTP/2 connections."));

    private static final ObjectSchema CONNECTION_POOL =
            object(
                    "ConnectionPoolSettings",
                    field("tcp", TCP_SETTINGS, "Of every connection."),
                    field("http", HTTP_SETTINGS, "Of requests."));

    private static final ObjectSchema CONSISTENT_HASH =
            object(
                            "ConsistentHashLB",
                            field("httpHeaderName", text(), "The key is this header."),
                            field(
                                    "httpCookie",
                                    object(
                                            "HTTPCookie",
                                            required("name", text(), "What the cookie is called."),
                                            field("path", text(), "Path it is set for."),
                                            field(
                                                    "ttl",
                                                    durationOrZero(),
                                                    "Its life; 0s is a session."),
                                            field(
                                                    "attributes",
                                                    list(
                                                            object(
                                                                    "CookieAttribute",
                                                                    required(
                                                                            "name",
                                                                            text(),
                                                                            "Name of the attribute."),
                                                                    field(
                                                                            "value",
                                                                            text(),
                                                                            "Its value, if it has one."))),
                                                    "Further attributes.")),
                                    "The key is this cookie."),
                            field("useSourceIp", bool(), "The key is the client's address.")
                                    .orElse(false),
                            field("httpQueryParameterName", text(), "The key is this parameter."),
                            field(
                                    "ringHash",
                                    object(
                                            "RingHash",
                                            field(
                                                    "minimumRingSize",
                                                    notNegative(),
                                                    "Entries at least.")),
                                    "Endpoints stand on a ring."),
                            field(
                                    "maglev",
                                    object(
                                            "MagLev",
                                            field(
                                                    "tableSize",
                                                    notNegative(),
                                                    "Entries, a prime number.")),
                                    "Endpoints stand in a table."),
                            field(
                                    "minimumRingSize",
                                    notNegative(),
                                    "Use ringHash.minimumRingSize."))
                    .oneOf("httpHeaderName", "httpCookie", "useSourceIp", "httpQueryParameterName")
                    .oneOf("ringHash", "maglev");

    private static final ObjectSchema FAILOVER =
            object(
                    "Failover",
                    field("from", text(), "Region without healthy endpoints."),
                    field("to", text(), "Region that takes its traffic."));

    private static final ObjectSchema LOAD_BALANCER =
            object(
                            "LoadBalancerSettings",
                            field(
                                    "simple",
                                    oneOf(
                                            "UNSPECIFIED",
                                            "LEAST_CONN",
                                            "RANDOM",
                                            "PASSTHROUGH",
                                            "ROUND_ROBIN",
                                            "LEAST_REQUEST"),
                                    "One of the plain algorithms."),
                            field(
                                    "consistentHash",
                                    CONSISTENT_HASH,
                                    "The same endpoint for the same key."),
                            field(
                                    "backendUtilization",
                                    object(
                                            "BackendUtilization",
                                            field(
                                                    "metricNamesForComputingUtilization",
                                                    list(text()),
                                                    "Which reported figures count."),
                                            field(
                                                    "errorUtilizationPenaltyPercent",
                                                    uint32(),
                                                    "Added for errors."),
                                            field(
                                                    "weightUpdatePeriod",
                                                    durationOrZero(),
                                                    "How often weights follow."),
                                            field(
                                                    "weightExpirationPeriod",
                                                    durationOrZero(),
                                                    "After which a report is too old."),
                                            field(
                                                    "weightStabilizationPeriod",
                                                    durationOrZero(),
                                                    "Before which a report is too new.")),
                                    "By the load that endpoints report."),
                            field(
                                    "localityLbSetting",
                                    object(
                                            "LocalityLoadBalancerSetting",
                                            field(
                                                    "distribute",
                                                    list(
                                                            object(
                                                                    "Distribute",
                                                                    field(
                                                                            "from",
                                                                            text(),
                                                                            "Locality of clients."),
                                                                    field(
                                                                            "to",
                                                                            map(uint32()),
                                                                            "Percent by locality."))),
                                                    "Shares of a locality's traffic."),
                                            field(
                                                    "failover",
                                                    list(FAILOVER),
                                                    "Which region stands in."),
                                            field(
                                                    "failoverPriority",
                                                    list(text()),
                                                    "Labels that bring endpoints closer."),
                                            field("enabled", bool(), "Whether localities count.")
                                                    .orNull()),
                                    "Which localities are preferred."),
                            field(
                                    "zoneAwareLbSetting",
                                    object(
                                            "ZoneAwareLoadBalancerSetting",
                                            field("enabled", bool(), "Whether zones count.")
                                                    .orNull(),
                                            field(
                                                    "failover",
                                                    list(FAILOVER),
                                                    "Which region stands in."),
                                            field(
                                                    "failoverPriority",
                                                    list(text()),
                                                    "Labels that bring endpoints closer."),
                                            field(
                                                            "minClusterSize",
                                                            between(1, 4_294_967_295L),
                                                            "Below which zones are disregarded.")
                                                    .orNull()),
                                    "Whether the own zone is preferred."),
                            field("warmupDurationSecs", duration(), "Use warmup.duration."),
                            field(
                                    "warmup",
                                    object(
                                            "WarmupConfiguration",
                                            required(
                                                    "duration",
                                                    duration(),
                                                    "Until a new endpoint has its full share."),
                                            field(
                                                            "minimumPercent",
                                                            percent(),
                                                            "Its share at first.")
                                                    .orNull(),
                                            field(
                                                            "aggression",
                                                            notNegativeNumber(),
                                                            "Above 1 it grows faster at first.")
                                                    .orNull()),
                                    "How a new endpoint's share grows."))
                    .oneOf("simple", "consistentHash", "backendUtilization");

    private static final ObjectSchema OUTLIER_DETECTION =
            object(
                    "OutlierDetection",
                    field(
                                    "splitExternalLocalOriginErrors",
                                    bool(),
                                    "Whether failed connections are counted apart.")
                            .orElse(false),
                    field(
                                    "consecutiveLocalOriginFailures",
                                    uint32(),
                                    "Failed connections in a row, where counted apart.")
                            .orNull(),
                    field("consecutiveErrors", int32(), "Not in force; use consecutive5xxErrors.")
                            .orElse(0),
                    field("consecutiveGatewayErrors", uint32(), "Answers 502 to 504 in a row.")
                            .orNull(),
                    field("consecutive5xxErrors", uint32(), "Answers 5xx in a row; 5 by default.")
                            .orNull(),
                    field("interval", duration(), "Time between looks; 10s by default."),
                    field(
                            "baseEjectionTime",
                            duration(),
                            "Time set aside, times how often; 30s by default."),
                    field("maxEjectionPercent", int32(), "Share set aside at most; 10 by default.")
                            .orElse(0),
                    field("minHealthPercent", int32(), "Share below which none is set aside.")
                            .orElse(0),
                    field(
                            "outlierDetectionHttpErrorCodes",
                            list(between(100, 599)),
                            "Statuses that count as errors."));

    private static final ObjectSchema CLIENT_TLS =
            object(
                    "ClientTLSSettings",
                    field(
                                    "mode",
                                    oneOf("DISABLE", "SIMPLE", "MUTUAL", "ISTIO_MUTUAL"),
                                    "Whose certificates protect the connection.")
                            .orElse("DISABLE"),
                    field("clientCertificate", text(), "File with the client's certificates."),
                    field("privateKey", text(), "File with the client's key."),
                    field("caCertificates", text(), "File with the authorities that are trusted."),
                    field("credentialName", text(), "Secret that holds them instead."),
                    field(
                            "subjectAltNames",
                            list(text()),
                            "Names the server's certificate may carry."),
                    field("sni", text(), "Server name that is asked for."),
                    field(
                                    "insecureSkipVerify",
                                    bool(),
                                    "Whether the server's certificate is taken unseen.")
                            .orNull(),
                    field("caCrl", text(), "File with revoked certificates."));

    private static final ObjectSchema PORT_POLICY =
            object(
                    "PortTrafficPolicy",
                    field(
                            "port",
                            object(
                                    "PortSelector",
                                    field("number", uint32(), "The number of the port.")),
                            "Which port."),
                    field("loadBalancer", LOAD_BALANCER, "Which endpoint is next."),
                    field("connectionPool", CONNECTION_POOL, "How many connections and requests."),
                    field("outlierDetection", OUTLIER_DETECTION, "When an endpoint is set aside."),
                    field("tls", CLIENT_TLS, "How connections are encrypted."));

    static final ObjectSchema TRAFFIC_POLICY =
            object(
                    "TrafficPolicy",
                    field("loadBalancer", LOAD_BALANCER, "Which endpoint is next."),
                    field("connectionPool", CONNECTION_POOL, "How many connections and requests."),
                    field("outlierDetection", OUTLIER_DETECTION, "When an endpoint is set aside."),
                    field("tls", CLIENT_TLS, "How connections are encrypted."),
                    field(
                            "portLevelSettings",
                            list(PORT_POLICY).sized(0, 4096),
                            "For single ports, in place of the rest."),
                    field(
                            "tunnel",
                            object(
                                    "TunnelSettings",
                                    field("protocol", text(), "CONNECT by default, or POST."),
                                    required("targetHost", text(), "Asked for through the tunnel."),
                                    required(
                                            "targetPort",
                                            uint32(),
                                            "Asked for through the tunnel.")),
                            "A proxy that connections go through."),
                    field(
                            "proxyProtocol",
                            object(
                                    "ProxyProtocol",
                                    field("version", oneOf("V1", "V2"), "In text, or in binary.")
                                            .orElse("V1")),
                            "Tells the server the client's address."),
                    field(
                            "retryBudget",
                            object(
                                    "RetryBudget",
                                    field("percent", percent(), "Of the requests in flight.")
                                            .orNull(),
                                    field(
                                            "budgetInterval",
                                            durationOrZero(),
                                            "Over which they count."),
                                    field(
                                            "minRetryConcurrency",
                                            uint32(),
                                            "Allowed whatever the share.")),
                            "How many retries at once."));

    private TrafficPolicySchema() {}
}
