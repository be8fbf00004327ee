package io.lateen.model.schema;

import static io.lateen.model.schema.BooleanSchema.bool;
import static io.lateen.model.schema.Field.field;
import static io.lateen.model.schema.Field.required;
import static io.lateen.model.schema.IntegerSchema.int32;
import static io.lateen.model.schema.IntegerSchema.uint32;
import static io.lateen.model.schema.ListSchema.list;
import static io.lateen.model.schema.MapSchema.map;
import static io.lateen.model.schema.NumberSchema.number;
import static io.lateen.model.schema.ObjectSchema.object;
import static io.lateen.model.schema.TextSchema.base64;
import static io.lateen.model.schema.TextSchema.duration;
import static io.lateen.model.schema.TextSchema.oneOf;
import static io.lateen.model.schema.TextSchema.text;

import java.util.Map;

/** What a VirtualService may hold. */
final class VirtualServiceSchema {

    private static final ObjectSchema STRING_MATCH =
            object(
                            "StringMatch",
                            field("exact", text(), "The value is exactly this."),
                            field("prefix", text(), "The value begins so."),
                            field("regex", text(), "The whole value fits this RE2 expression."))
                    .oneOf("exact", "prefix", "regex");

    private static final ObjectSchema PERCENT =
            object(
                    "Percent",
                    field("value", number(), "From 0 to 100; steps of 0.0001 count.").orElse(0.0));

    private static final ObjectSchema PORT_SELECTOR =
            object("PortSelector", field("number", uint32(), "The number of the port."));

    private static final ObjectSchema DESTINATION =
            object(
                    "Destination",
                    required(
                            "host",
                            text(),
                            "The service, in full or short within the resource's own namespace."),
                    field(
                            "subset",
                            text(),
                            "A subset of the service that a DestinationRule names."),
                    field("port", PORT_SELECTOR, "The service's port, if it has several."));

    private static final ObjectSchema HEADER_OPERATIONS =
            object(
                    "HeaderOperations",
                    field("set", map(text()), "Replaces these headers."),
                    field("add", map(text()), "Appends to these headers."),
                    field("remove", list(text()), "Takes these headers away."));

    private static final ObjectSchema HEADERS =
            object(
                    "Headers",
                    field(
                                    "request",
                                    HEADER_OPERATIONS,
                                    "Changes to the request before it is sent on.")
                            .orElse(Map.of()),
                    field(
                                    "response",
                                    HEADER_OPERATIONS,
                                    "Changes to the answer before it is sent back.")
                            .orElse(Map.of()));

    private static final ObjectSchema HTTP_MATCH =
            object(
                    "HTTPMatchRequest",
                    field("name", text(), "Shown in logs after the route's name."),
                    field("uri", STRING_MATCH, "The path, without the query."),
                    field("scheme", STRING_MATCH, "The scheme of the URI."),
                    field("method", STRING_MATCH, "The method, in capitals."),
                    field("authority", STRING_MATCH, "The host that is asked for."),
                    field(
                            "headers",
                            map(STRING_MATCH),
                            "Headers by lower-case name; all must fit."),
                    field("port", uint32(), "The port that is called."),
                    field("sourceLabels", map(text()), "Labels of the calling workload."),
                    field(
                            "gateways",
                            list(text()),
                            "For whose traffic this match is, in place of the resource's list."),
                    field(
                            "queryParams",
                            map(STRING_MATCH),
                            "Parameters of the query; all must fit."),
                    field(
                                    "ignoreUriCase",
                                    bool(),
                                    "Whether exact and prefix of uri disregard case.")
                            .orElse(false),
                    field("withoutHeaders", map(STRING_MATCH), "Headers of which none may fit."),
                    field("sourceNamespace", text(), "Namespace of the calling workload."),
                    field("statPrefix", text(), "Name under which the requests are counted."));

    private static final ObjectSchema HTTP_DESTINATION =
            object(
                    "HTTPRouteDestination",
                    required("destination", DESTINATION, "Where requests go."),
                    field("weight", int32(), "Share of the requests, relative to the others.")
                            .orElse(0),
                    field("headers", HEADERS, "Changes to headers for this destination alone.")
                            .orElse(Map.of()));

    private static final ObjectSchema REDIRECT =
            object(
                            "HTTPRedirect",
                            field("uri", text(), "Replaces the whole path."),
                            field("prefixRewrite", text(), "Replaces the prefix that matched."),
                            field("authority", text(), "Replaces the host."),
                            field("port", uint32(), "Replaces the port."),
                            field(
                                    "derivePort",
                                    oneOf("FROM_PROTOCOL_DEFAULT", "FROM_REQUEST_PORT"),
                                    "How the port follows from the request."),
                            field("scheme", text(), "Replaces the scheme."),
                            field("redirectCode", uint32(), "Status of the answer; 301 by default.")
                                    .orElse(0))
                    .oneOf("port", "derivePort");

    private static final ObjectSchema DIRECT_RESPONSE =
            object(
                    "HTTPDirectResponse",
                    required("status", uint32(), "Status of the answer."),
                    field(
                            "body",
                            object(
                                            "HTTPBody",
                                            field("string", text(), "The body as text."),
                                            field("bytes", base64(), "The body in Base64."))
                                    .oneOf("string", "bytes"),
                            "Body of the answer."));

    private static final ObjectSchema REWRITE =
            object(
                    "HTTPRewrite",
                    field("uri", text(), "Replaces the matched prefix, or the whole path."),
                    field("authority", text(), "Replaces the host."),
                    field(
                            "uriRegexRewrite",
                            object(
                                    "RegexRewrite",
                                    field(
                                            "match",
                                            text(),
                                            "RE2 expression that finds what changes."),
                                    field("rewrite", text(), "What it becomes; \\1 is a group.")),
                            "Changes the path by an expression."));

    private static final ObjectSchema RETRIES =
            object(
                    "HTTPRetry",
                    field("attempts", int32(), "Tries after the first; 0 switches retries off.")
                            .orElse(0),
                    field("perTryTimeout", duration(), "Longest time of one try."),
                    field(
                            "retryOn",
                            text(),
                            "When to try again: conditions and status codes, with commas between."),
                    field(
                                    "retryRemoteLocalities",
                                    bool(),
                                    "Whether the next try may leave the locality.")
                            .orNull(),
                    field(
                                    "retryIgnorePreviousHosts",
                                    bool(),
                                    "Whether the next try avoids endpoints that were tried.")
                            .orNull(),
                    field("backoff", duration(), "Shortest wait before the first retry."));

    private static final ObjectSchema FAULT =
            object(
                    "HTTPFaultInjection",
                    field(
                            "delay",
                            object(
                                            "Delay",
                                            field(
                                                    "percent",
                                                    int32(),
                                                    "Share of requests; use percentage."),
                                            field("fixedDelay", duration(), "How long they wait."),
                                            field(
                                                    "exponentialDelay",
                                                    duration(),
                                                    "Not in force anywhere."),
                                            field("percentage", PERCENT, "Share of requests."))
                                    .oneOf("fixedDelay", "exponentialDelay"),
                            "Requests wait."),
                    field(
                            "abort",
                            object(
                                            "Abort",
                                            field(
                                                    "httpStatus",
                                                    int32(),
                                                    "They fail with this status."),
                                            field(
                                                    "grpcStatus",
                                                    text(),
                                                    "They fail with this gRPC status."),
                                            field("http2Error", text(), "Not in force anywhere."),
                                            field("percentage", PERCENT, "Share of requests."))
                                    .oneOf("httpStatus", "grpcStatus", "http2Error"),
                            "Requests fail."));

    private static final ObjectSchema CORS =
            object(
                    "CorsPolicy",
                    field("allowOrigin", list(text()), "Origins that may call; use allowOrigins."),
                    field("allowOrigins", list(STRING_MATCH), "Origins that may call."),
                    field("allowMethods", list(text()), "Methods that they may use."),
                    field("allowHeaders", list(text()), "Headers that they may send."),
                    field("exposeHeaders", list(text()), "Headers that they may read."),
                    field("maxAge", duration(), "How long a browser may remember the permission."),
                    field("allowCredentials", bool(), "Whether cookies may be sent.").orNull(),
                    field(
                                    "unmatchedPreflights",
                                    oneOf("UNSPECIFIED", "FORWARD", "IGNORE"),
                                    "What happens to preflights of other origins.")
                            .orElse("UNSPECIFIED"));

    private static final ObjectSchema HTTP_ROUTE =
            object(
                    "HTTPRoute",
                    field("name", text(), "Shown in logs."),
                    field(
                            "match",
                            list(HTTP_MATCH),
                            "The route is for requests that one of these fits."),
                    field("route", list(HTTP_DESTINATION), "Destinations that share the requests."),
                    field("redirect", REDIRECT, "The client is told to ask elsewhere."),
                    field("directResponse", DIRECT_RESPONSE, "The proxy answers by itself."),
                    field(
                            "delegate",
                            object(
                                    "Delegate",
                                    field("name", text(), "Name of the VirtualService."),
                                    field(
                                            "namespace",
                                            text(),
                                            "Its namespace; this one by default.")),
                            "Another VirtualService decides."),
                    field(
                            "rewrite",
                            REWRITE,
                            "Changes to path and host before the request is sent on."),
                    field("timeout", duration(), "Longest time of the request, retries included."),
                    field("retries", RETRIES, "How failed requests are tried again."),
                    field("fault", FAULT, "Failures made on purpose."),
                    field("mirror", DESTINATION, "Where a copy of the request goes."),
                    field("mirrorPercent", uint32(), "Share of copies; use mirrorPercentage.")
                            .orNull(),
                    field("mirror_percent", uint32(), "Share of copies; use mirrorPercentage.")
                            .orNull(),
                    field("mirrorPercentage", PERCENT, "Share of requests that are copied."),
                    field(
                            "mirrors",
                            list(
                                    object(
                                            "HTTPMirrorPolicy",
                                            required(
                                                    "destination",
                                                    DESTINATION,
                                                    "Where the copy goes."),
                                            field(
                                                    "percentage",
                                                    PERCENT,
                                                    "Share of requests copied."))),
                            "Several places for copies."),
                    field("corsPolicy", CORS, "Which pages of other origins may call."),
                    field("headers", HEADERS, "Changes to headers.").orElse(Map.of()));

    private static final ObjectSchema WEIGHTED_DESTINATION =
            object(
                    "RouteDestination",
                    required("destination", DESTINATION, "Where connections go."),
                    field("weight", int32(), "Share of the connections, relative to the others.")
                            .orElse(0));

    private static final ObjectSchema TLS_ROUTE =
            object(
                    "TLSRoute",
                    required(
                            "match",
                            list(
                                    object(
                                            "TLSMatchAttributes",
                                            required(
                                                    "sniHosts",
                                                    list(text()),
                                                    "Server names asked for."),
                                            field(
                                                    "destinationSubnets",
                                                    list(text()),
                                                    "Addresses or ranges that are called."),
                                            field("port", uint32(), "The port that is called."),
                                            field(
                                                    "sourceLabels",
                                                    map(text()),
                                                    "Labels of the calling workload."),
                                            field(
                                                    "gateways",
                                                    list(text()),
                                                    "For whose traffic this match is."),
                                            field(
                                                    "sourceNamespace",
                                                    text(),
                                                    "Namespace of the calling workload."))),
                            "The route is for connections that one of these fits."),
                    field("route", list(WEIGHTED_DESTINATION), "Destinations that share them."));

    private static final ObjectSchema TCP_ROUTE =
            object(
                    "TCPRoute",
                    field(
                            "match",
                            list(
                                    object(
                                            "L4MatchAttributes",
                                            field(
                                                    "destinationSubnets",
                                                    list(text()),
                                                    "Addresses or ranges that are called."),
                                            field("port", uint32(), "The port that is called."),
                                            field("sourceSubnet", text(), "Not in force anywhere."),
                                            field(
                                                    "sourceLabels",
                                                    map(text()),
                                                    "Labels of the calling workload."),
                                            field(
                                                    "gateways",
                                                    list(text()),
                                                    "For whose traffic this match is."),
                                            field(
                                                    "sourceNamespace",
                                                    text(),
                                                    "Namespace of the calling workload."))),
                            "The route is for connections that one of these fits."),
                    field("route", list(WEIGHTED_DESTINATION), "Destinations that share them."));

    static final ObjectSchema SPEC =
            object(
                    "VirtualService",
                    field("hosts", list(text()), "Hosts whose traffic is routed."),
                    field(
                            "gateways",
                            list(text()),
                            "Gateways whose traffic is routed; mesh, the sidecars, by default."),
                    field(
                            "http",
                            list(HTTP_ROUTE),
                            "Routes of requests; the first that fits is taken."),
                    field(
                            "tls",
                            list(TLS_ROUTE),
                            "Routes of encrypted connections by server name."),
                    field("tcp", list(TCP_ROUTE), "Routes of connections."),
                    field(
                            "exportTo",
                            list(text()),
                            "Namespaces that see this; * is all, . this one."));

    private VirtualServiceSchema() {}
}
