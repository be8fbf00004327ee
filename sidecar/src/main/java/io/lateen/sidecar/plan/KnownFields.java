package io.lateen.sidecar.plan;

import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.Http1ProtocolOptions;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.FilterChainMatch;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.listener.v3.ListenerFilter;
import io.envoyproxy.envoy.config.ratelimit.v3.RateLimitServiceConfig;
import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.config.route.v3.QueryParameterMatcher;
import io.envoyproxy.envoy.config.route.v3.RateLimit;
import io.envoyproxy.envoy.config.route.v3.RedirectAction;
import io.envoyproxy.envoy.config.route.v3.RetryPolicy;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.config.route.v3.WeightedCluster;
import io.envoyproxy.envoy.extensions.filters.http.cors.v3.CorsPolicy;
import io.envoyproxy.envoy.extensions.filters.http.fault.v3.HTTPFault;
import io.envoyproxy.envoy.extensions.filters.listener.proxy_protocol.v3.ProxyProtocol;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import io.envoyproxy.envoy.extensions.retry.priority.previous_priorities.v3.PreviousPrioritiesConfig;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;

/**
 * What this sidecar understands of each message, field by field. A field stands here when its
 * factory reads it, or when leaving it unread changes nothing; the latter are named with why.
 */
final class KnownFields {

    private KnownFields() {}

    /** Inside a cluster: {@code envoy.extensions.upstreams.http.v3.HttpProtocolOptions}. */
    private static final Shape FILTER_CHAIN =
            Shape.of(FilterChain::getDescriptor)
                    .with(FilterChain.NAME_FIELD_NUMBER, FilterChain.METADATA_FIELD_NUMBER)
                    .with(
                            FilterChain.FILTER_CHAIN_MATCH_FIELD_NUMBER,
                            Shape.of(FilterChainMatch::getDescriptor)
                                    .with(
                                            FilterChainMatch.DESTINATION_PORT_FIELD_NUMBER,
                                            FilterChainMatch.PREFIX_RANGES_FIELD_NUMBER,
                                            FilterChainMatch.SERVER_NAMES_FIELD_NUMBER,
                                            FilterChainMatch.TRANSPORT_PROTOCOL_FIELD_NUMBER,
                                            FilterChainMatch.APPLICATION_PROTOCOLS_FIELD_NUMBER))
                    .with(
                            FilterChain.TRANSPORT_SOCKET_FIELD_NUMBER,
                            KnownTlsFields.TRANSPORT_SOCKET)
                    .with(
                            FilterChain.FILTERS_FIELD_NUMBER,
                            Shape.of(Filter::getDescriptor)
                                    .with(
                                            Filter.NAME_FIELD_NUMBER,
                                            Filter.TYPED_CONFIG_FIELD_NUMBER));

    static final Shape LISTENER =
            Shape.of(Listener::getDescriptor)
                    // Ports are shared among loops always.
                    .with(
                            Listener.NAME_FIELD_NUMBER,
                            Listener.STAT_PREFIX_FIELD_NUMBER,
                            Listener.USE_ORIGINAL_DST_FIELD_NUMBER,
                            Listener.METADATA_FIELD_NUMBER,
                            Listener.BIND_TO_PORT_FIELD_NUMBER,
                            Listener.TRAFFIC_DIRECTION_FIELD_NUMBER,
                            Listener.ENABLE_REUSE_PORT_FIELD_NUMBER,
                            Listener.LISTENER_FILTERS_TIMEOUT_FIELD_NUMBER,
                            Listener.CONTINUE_ON_LISTENER_FILTERS_TIMEOUT_FIELD_NUMBER)
                    .with(Listener.ADDRESS_FIELD_NUMBER, KnownClusterFields.SOCKET_ADDRESS)
                    .with(Listener.FILTER_CHAINS_FIELD_NUMBER, FILTER_CHAIN)
                    .with(Listener.DEFAULT_FILTER_CHAIN_FIELD_NUMBER, FILTER_CHAIN)
                    .with(
                            Listener.LISTENER_FILTERS_FIELD_NUMBER,
                            Shape.of(ListenerFilter::getDescriptor)
                                    .with(
                                            ListenerFilter.NAME_FIELD_NUMBER,
                                            ListenerFilter.TYPED_CONFIG_FIELD_NUMBER));

    static final Shape PROXY_PROTOCOL =
            Shape.of(ProxyProtocol::getDescriptor)
                    .with(
                            ProxyProtocol.ALLOW_REQUESTS_WITHOUT_PROXY_PROTOCOL_FIELD_NUMBER,
                            ProxyProtocol.DISALLOWED_VERSIONS_FIELD_NUMBER,
                            ProxyProtocol.STAT_PREFIX_FIELD_NUMBER);

    static final Shape TCP_PROXY =
            Shape.of(TcpProxy::getDescriptor)
                    .with(
                            TcpProxy.STAT_PREFIX_FIELD_NUMBER,
                            TcpProxy.CLUSTER_FIELD_NUMBER,
                            TcpProxy.IDLE_TIMEOUT_FIELD_NUMBER,
                            TcpProxy.MAX_DOWNSTREAM_CONNECTION_DURATION_FIELD_NUMBER)
                    .with(
                            TcpProxy.HASH_POLICY_FIELD_NUMBER,
                            Shape.of(io.envoyproxy.envoy.type.v3.HashPolicy::getDescriptor)
                                    .with(
                                            io.envoyproxy.envoy.type.v3.HashPolicy
                                                    .SOURCE_IP_FIELD_NUMBER,
                                            io.envoyproxy.envoy.type.v3.HashPolicy
                                                    .FILTER_STATE_FIELD_NUMBER))
                    .with(TcpProxy.ACCESS_LOG_FIELD_NUMBER, KnownReportFields.ACCESS_LOG)
                    .with(
                            TcpProxy.WEIGHTED_CLUSTERS_FIELD_NUMBER,
                            Shape.of(TcpProxy.WeightedCluster::getDescriptor)
                                    .with(
                                            TcpProxy.WeightedCluster.CLUSTERS_FIELD_NUMBER,
                                            Shape.of(
                                                            TcpProxy.WeightedCluster.ClusterWeight
                                                                    ::getDescriptor)
                                                    .with(
                                                            TcpProxy.WeightedCluster.ClusterWeight
                                                                    .NAME_FIELD_NUMBER,
                                                            TcpProxy.WeightedCluster.ClusterWeight
                                                                    .WEIGHT_FIELD_NUMBER)));

    static final Shape STRING_MATCHER =
            Shape.of(StringMatcher::getDescriptor)
                    .with(
                            StringMatcher.EXACT_FIELD_NUMBER,
                            StringMatcher.PREFIX_FIELD_NUMBER,
                            StringMatcher.SUFFIX_FIELD_NUMBER,
                            StringMatcher.SAFE_REGEX_FIELD_NUMBER,
                            StringMatcher.CONTAINS_FIELD_NUMBER,
                            StringMatcher.IGNORE_CASE_FIELD_NUMBER);

    @SuppressWarnings("deprecation") // safe_regex_match of authorization rules before Istio 1.11
    static final Shape HEADER_MATCHER =
            Shape.of(HeaderMatcher::getDescriptor)
                    .with(HeaderMatcher.SAFE_REGEX_MATCH_FIELD_NUMBER)
                    .with(
                            HeaderMatcher.NAME_FIELD_NUMBER,
                            HeaderMatcher.PRESENT_MATCH_FIELD_NUMBER,
                            HeaderMatcher.INVERT_MATCH_FIELD_NUMBER,
                            HeaderMatcher.TREAT_MISSING_HEADER_AS_EMPTY_FIELD_NUMBER)
                    .with(HeaderMatcher.STRING_MATCH_FIELD_NUMBER, STRING_MATCHER);

    private static final Shape ROUTE_MATCH =
            Shape.of(RouteMatch::getDescriptor)
                    .with(
                            RouteMatch.PREFIX_FIELD_NUMBER,
                            RouteMatch.PATH_FIELD_NUMBER,
                            RouteMatch.SAFE_REGEX_FIELD_NUMBER,
                            RouteMatch.PATH_SEPARATED_PREFIX_FIELD_NUMBER,
                            RouteMatch.CASE_SENSITIVE_FIELD_NUMBER,
                            RouteMatch.RUNTIME_FRACTION_FIELD_NUMBER)
                    .with(RouteMatch.HEADERS_FIELD_NUMBER, HEADER_MATCHER)
                    .with(
                            RouteMatch.QUERY_PARAMETERS_FIELD_NUMBER,
                            Shape.of(QueryParameterMatcher::getDescriptor)
                                    .with(
                                            QueryParameterMatcher.NAME_FIELD_NUMBER,
                                            QueryParameterMatcher.PRESENT_MATCH_FIELD_NUMBER)
                                    .with(
                                            QueryParameterMatcher.STRING_MATCH_FIELD_NUMBER,
                                            STRING_MATCHER));

    private static final Shape HEADER_OPTION =
            Shape.of(HeaderValueOption::getDescriptor)
                    .with(
                            HeaderValueOption.HEADER_FIELD_NUMBER,
                            HeaderValueOption.APPEND_ACTION_FIELD_NUMBER,
                            HeaderValueOption.APPEND_FIELD_NUMBER,
                            HeaderValueOption.KEEP_EMPTY_VALUE_FIELD_NUMBER);

    private static final Shape RETRY =
            Shape.of(RetryPolicy::getDescriptor)
                    .with(
                            RetryPolicy.RETRY_ON_FIELD_NUMBER,
                            RetryPolicy.NUM_RETRIES_FIELD_NUMBER,
                            RetryPolicy.PER_TRY_TIMEOUT_FIELD_NUMBER,
                            RetryPolicy.RETRY_HOST_PREDICATE_FIELD_NUMBER,
                            RetryPolicy.RETRY_PRIORITY_FIELD_NUMBER,
                            RetryPolicy.HOST_SELECTION_RETRY_MAX_ATTEMPTS_FIELD_NUMBER,
                            RetryPolicy.RETRIABLE_STATUS_CODES_FIELD_NUMBER,
                            RetryPolicy.RETRY_BACK_OFF_FIELD_NUMBER)
                    .with(RetryPolicy.RETRIABLE_HEADERS_FIELD_NUMBER, HEADER_MATCHER)
                    .with(RetryPolicy.RETRIABLE_REQUEST_HEADERS_FIELD_NUMBER, HEADER_MATCHER);

    static final Shape PREVIOUS_PRIORITIES =
            Shape.of(PreviousPrioritiesConfig::getDescriptor)
                    .with(PreviousPrioritiesConfig.UPDATE_FREQUENCY_FIELD_NUMBER);

    private static final Shape WEIGHTED_CLUSTER =
            Shape.of(WeightedCluster::getDescriptor)
                    .with(WeightedCluster.TOTAL_WEIGHT_FIELD_NUMBER)
                    .with(
                            WeightedCluster.CLUSTERS_FIELD_NUMBER,
                            Shape.of(WeightedCluster.ClusterWeight::getDescriptor)
                                    .with(
                                            WeightedCluster.ClusterWeight.NAME_FIELD_NUMBER,
                                            WeightedCluster.ClusterWeight.WEIGHT_FIELD_NUMBER,
                                            WeightedCluster.ClusterWeight
                                                    .HOST_REWRITE_LITERAL_FIELD_NUMBER,
                                            WeightedCluster.ClusterWeight
                                                    .REQUEST_HEADERS_TO_REMOVE_FIELD_NUMBER,
                                            WeightedCluster.ClusterWeight
                                                    .RESPONSE_HEADERS_TO_REMOVE_FIELD_NUMBER)
                                    .with(
                                            WeightedCluster.ClusterWeight
                                                    .REQUEST_HEADERS_TO_ADD_FIELD_NUMBER,
                                            HEADER_OPTION)
                                    .with(
                                            WeightedCluster.ClusterWeight
                                                    .RESPONSE_HEADERS_TO_ADD_FIELD_NUMBER,
                                            HEADER_OPTION));

    static final Shape RATE_LIMIT =
            Shape.of(RateLimit::getDescriptor)
                    .with(RateLimit.STAGE_FIELD_NUMBER)
                    .with(
                            RateLimit.ACTIONS_FIELD_NUMBER,
                            Shape.of(RateLimit.Action::getDescriptor)
                                    .with(RateLimit.Action.REMOTE_ADDRESS_FIELD_NUMBER)
                                    .with(
                                            RateLimit.Action.GENERIC_KEY_FIELD_NUMBER,
                                            Shape.of(RateLimit.Action.GenericKey::getDescriptor)
                                                    .with(
                                                            RateLimit.Action.GenericKey
                                                                    .DESCRIPTOR_KEY_FIELD_NUMBER,
                                                            RateLimit.Action.GenericKey
                                                                    .DESCRIPTOR_VALUE_FIELD_NUMBER))
                                    .with(
                                            RateLimit.Action.REQUEST_HEADERS_FIELD_NUMBER,
                                            Shape.of(RateLimit.Action.RequestHeaders::getDescriptor)
                                                    .with(
                                                            RateLimit.Action.RequestHeaders
                                                                    .HEADER_NAME_FIELD_NUMBER,
                                                            RateLimit.Action.RequestHeaders
                                                                    .DESCRIPTOR_KEY_FIELD_NUMBER))
                                    .with(
                                            RateLimit.Action.HEADER_VALUE_MATCH_FIELD_NUMBER,
                                            Shape.of(
                                                            RateLimit.Action.HeaderValueMatch
                                                                    ::getDescriptor)
                                                    .with(
                                                            RateLimit.Action.HeaderValueMatch
                                                                    .DESCRIPTOR_KEY_FIELD_NUMBER,
                                                            RateLimit.Action.HeaderValueMatch
                                                                    .DESCRIPTOR_VALUE_FIELD_NUMBER,
                                                            RateLimit.Action.HeaderValueMatch
                                                                    .EXPECT_MATCH_FIELD_NUMBER)
                                                    .with(
                                                            RateLimit.Action.HeaderValueMatch
                                                                    .HEADERS_FIELD_NUMBER,
                                                            HEADER_MATCHER)));

    // Envoy's own mark on what is over its limit changes nothing here: the answer says it all.
    static final Shape RATE_LIMIT_FILTER =
            Shape.of(
                            io.envoyproxy.envoy.extensions.filters.http.ratelimit.v3.RateLimit
                                    ::getDescriptor)
                    .with(
                            io.envoyproxy.envoy.extensions.filters.http.ratelimit.v3.RateLimit
                                    .DOMAIN_FIELD_NUMBER,
                            io.envoyproxy.envoy.extensions.filters.http.ratelimit.v3.RateLimit
                                    .STAGE_FIELD_NUMBER,
                            io.envoyproxy.envoy.extensions.filters.http.ratelimit.v3.RateLimit
                                    .TIMEOUT_FIELD_NUMBER,
                            io.envoyproxy.envoy.extensions.filters.http.ratelimit.v3.RateLimit
                                    .FAILURE_MODE_DENY_FIELD_NUMBER,
                            io.envoyproxy.envoy.extensions.filters.http.ratelimit.v3.RateLimit
                                    .DISABLE_X_ENVOY_RATELIMITED_HEADER_FIELD_NUMBER,
                            io.envoyproxy.envoy.extensions.filters.http.ratelimit.v3.RateLimit
                                    .STATUS_ON_ERROR_FIELD_NUMBER)
                    .with(
                            io.envoyproxy.envoy.extensions.filters.http.ratelimit.v3.RateLimit
                                    .RATE_LIMIT_SERVICE_FIELD_NUMBER,
                            Shape.of(RateLimitServiceConfig::getDescriptor)
                                    .with(RateLimitServiceConfig.TRANSPORT_API_VERSION_FIELD_NUMBER)
                                    .with(
                                            RateLimitServiceConfig.GRPC_SERVICE_FIELD_NUMBER,
                                            KnownReportFields.GRPC_SERVICE));

    private static final Shape ROUTE_ACTION =
            Shape.of(RouteAction::getDescriptor)
                    .with(
                            RouteAction.CLUSTER_FIELD_NUMBER,
                            RouteAction.CLUSTER_NOT_FOUND_RESPONSE_CODE_FIELD_NUMBER,
                            RouteAction.PREFIX_REWRITE_FIELD_NUMBER,
                            RouteAction.REGEX_REWRITE_FIELD_NUMBER,
                            RouteAction.HOST_REWRITE_LITERAL_FIELD_NUMBER,
                            RouteAction.TIMEOUT_FIELD_NUMBER,
                            RouteAction.IDLE_TIMEOUT_FIELD_NUMBER,
                            RouteAction.MAX_GRPC_TIMEOUT_FIELD_NUMBER)
                    .with(RouteAction.WEIGHTED_CLUSTERS_FIELD_NUMBER, WEIGHTED_CLUSTER)
                    .with(RouteAction.RETRY_POLICY_FIELD_NUMBER, RETRY)
                    .with(RouteAction.RATE_LIMITS_FIELD_NUMBER, RATE_LIMIT)
                    .with(
                            RouteAction.REQUEST_MIRROR_POLICIES_FIELD_NUMBER,
                            // Mirrored requests have no suffix at their host and are in no trace
                            // of the sidecar's own.
                            Shape.of(RouteAction.RequestMirrorPolicy::getDescriptor)
                                    .with(
                                            RouteAction.RequestMirrorPolicy.CLUSTER_FIELD_NUMBER,
                                            RouteAction.RequestMirrorPolicy
                                                    .TRACE_SAMPLED_FIELD_NUMBER,
                                            RouteAction.RequestMirrorPolicy
                                                    .DISABLE_SHADOW_HOST_SUFFIX_APPEND_FIELD_NUMBER,
                                            RouteAction.RequestMirrorPolicy
                                                    .RUNTIME_FRACTION_FIELD_NUMBER))
                    .with(
                            RouteAction.HASH_POLICY_FIELD_NUMBER,
                            Shape.of(RouteAction.HashPolicy::getDescriptor)
                                    .with(
                                            RouteAction.HashPolicy.TERMINAL_FIELD_NUMBER,
                                            RouteAction.HashPolicy
                                                    .CONNECTION_PROPERTIES_FIELD_NUMBER,
                                            RouteAction.HashPolicy.QUERY_PARAMETER_FIELD_NUMBER)
                                    .with(
                                            RouteAction.HashPolicy.HEADER_FIELD_NUMBER,
                                            Shape.of(RouteAction.HashPolicy.Header::getDescriptor)
                                                    .with(
                                                            RouteAction.HashPolicy.Header
                                                                    .HEADER_NAME_FIELD_NUMBER))
                                    .with(
                                            RouteAction.HashPolicy.COOKIE_FIELD_NUMBER,
                                            Shape.of(RouteAction.HashPolicy.Cookie::getDescriptor)
                                                    .with(
                                                            RouteAction.HashPolicy.Cookie
                                                                    .NAME_FIELD_NUMBER,
                                                            RouteAction.HashPolicy.Cookie
                                                                    .TTL_FIELD_NUMBER,
                                                            RouteAction.HashPolicy.Cookie
                                                                    .PATH_FIELD_NUMBER,
                                                            RouteAction.HashPolicy.Cookie
                                                                    .ATTRIBUTES_FIELD_NUMBER)));

    static final Shape ROUTES =
            Shape.of(RouteConfiguration::getDescriptor)
                    // An unknown cluster is answered when a request comes, so that there is nothing
                    // to validate; metadata of a table is read by nobody.
                    .with(
                            RouteConfiguration.NAME_FIELD_NUMBER,
                            RouteConfiguration.VALIDATE_CLUSTERS_FIELD_NUMBER,
                            RouteConfiguration.METADATA_FIELD_NUMBER,
                            RouteConfiguration.MAX_DIRECT_RESPONSE_BODY_SIZE_BYTES_FIELD_NUMBER,
                            RouteConfiguration.IGNORE_PORT_IN_HOST_MATCHING_FIELD_NUMBER)
                    .with(
                            RouteConfiguration.VIRTUAL_HOSTS_FIELD_NUMBER,
                            Shape.of(VirtualHost::getDescriptor)
                                    // The number of the try is always told to the upstream.
                                    .with(
                                            VirtualHost.INCLUDE_REQUEST_ATTEMPT_COUNT_FIELD_NUMBER,
                                            VirtualHost.METADATA_FIELD_NUMBER,
                                            VirtualHost.NAME_FIELD_NUMBER,
                                            VirtualHost.DOMAINS_FIELD_NUMBER)
                                    .with(
                                            VirtualHost.ROUTES_FIELD_NUMBER,
                                            Shape.of(Route::getDescriptor)
                                                    // The decorator names a span of the sidecar's
                                                    // own, and it makes none.
                                                    .with(
                                                            Route.NAME_FIELD_NUMBER,
                                                            Route.DECORATOR_FIELD_NUMBER,
                                                            Route.METADATA_FIELD_NUMBER,
                                                            Route.DIRECT_RESPONSE_FIELD_NUMBER,
                                                            Route
                                                                    .TYPED_PER_FILTER_CONFIG_FIELD_NUMBER,
                                                            Route
                                                                    .REQUEST_HEADERS_TO_REMOVE_FIELD_NUMBER,
                                                            Route
                                                                    .RESPONSE_HEADERS_TO_REMOVE_FIELD_NUMBER)
                                                    .with(Route.MATCH_FIELD_NUMBER, ROUTE_MATCH)
                                                    .with(Route.ROUTE_FIELD_NUMBER, ROUTE_ACTION)
                                                    .with(
                                                            Route.REDIRECT_FIELD_NUMBER,
                                                            Shape.of(RedirectAction::getDescriptor)
                                                                    .with(
                                                                            RedirectAction
                                                                                    .HTTPS_REDIRECT_FIELD_NUMBER,
                                                                            RedirectAction
                                                                                    .SCHEME_REDIRECT_FIELD_NUMBER,
                                                                            RedirectAction
                                                                                    .HOST_REDIRECT_FIELD_NUMBER,
                                                                            RedirectAction
                                                                                    .PORT_REDIRECT_FIELD_NUMBER,
                                                                            RedirectAction
                                                                                    .PATH_REDIRECT_FIELD_NUMBER,
                                                                            RedirectAction
                                                                                    .PREFIX_REWRITE_FIELD_NUMBER,
                                                                            RedirectAction
                                                                                    .REGEX_REWRITE_FIELD_NUMBER,
                                                                            RedirectAction
                                                                                    .RESPONSE_CODE_FIELD_NUMBER,
                                                                            RedirectAction
                                                                                    .STRIP_QUERY_FIELD_NUMBER))
                                                    .with(
                                                            Route
                                                                    .REQUEST_HEADERS_TO_ADD_FIELD_NUMBER,
                                                            HEADER_OPTION)
                                                    .with(
                                                            Route
                                                                    .RESPONSE_HEADERS_TO_ADD_FIELD_NUMBER,
                                                            HEADER_OPTION)));

    static final Shape HTTP_CONNECTION_MANAGER =
            Shape.of(HttpConnectionManager::getDescriptor)
                    // Of the codec, the making of request ids and the silence of streams one value
                    // is taken and the others refused. An id that was given is always kept, and a
                    // 100 always the endpoint's own, so these two change nothing. What is told of
                    // the client's certificate follows from the role, its details need no choice.
                    .with(
                            HttpConnectionManager.CODEC_TYPE_FIELD_NUMBER,
                            HttpConnectionManager.GENERATE_REQUEST_ID_FIELD_NUMBER,
                            HttpConnectionManager.PRESERVE_EXTERNAL_REQUEST_ID_FIELD_NUMBER,
                            HttpConnectionManager.SERVER_NAME_FIELD_NUMBER,
                            HttpConnectionManager.USE_REMOTE_ADDRESS_FIELD_NUMBER,
                            HttpConnectionManager.NORMALIZE_PATH_FIELD_NUMBER,
                            HttpConnectionManager.FORWARD_CLIENT_CERT_DETAILS_FIELD_NUMBER,
                            HttpConnectionManager.SET_CURRENT_CLIENT_CERT_DETAILS_FIELD_NUMBER,
                            HttpConnectionManager.PROXY_100_CONTINUE_FIELD_NUMBER,
                            HttpConnectionManager.STREAM_IDLE_TIMEOUT_FIELD_NUMBER,
                            HttpConnectionManager.STAT_PREFIX_FIELD_NUMBER,
                            HttpConnectionManager.RDS_FIELD_NUMBER,
                            HttpConnectionManager.UPGRADE_CONFIGS_FIELD_NUMBER)
                    .with(HttpConnectionManager.ROUTE_CONFIG_FIELD_NUMBER, ROUTES)
                    .with(
                            HttpConnectionManager.HTTP_PROTOCOL_OPTIONS_FIELD_NUMBER,
                            // Trailers are always passed on.
                            Shape.of(Http1ProtocolOptions::getDescriptor)
                                    .with(
                                            Http1ProtocolOptions.ACCEPT_HTTP_10_FIELD_NUMBER,
                                            Http1ProtocolOptions.ENABLE_TRAILERS_FIELD_NUMBER,
                                            Http1ProtocolOptions.HEADER_KEY_FORMAT_FIELD_NUMBER))
                    .with(
                            HttpConnectionManager.ACCESS_LOG_FIELD_NUMBER,
                            KnownReportFields.ACCESS_LOG)
                    .with(
                            HttpConnectionManager.HTTP_FILTERS_FIELD_NUMBER,
                            Shape.of(HttpFilter::getDescriptor)
                                    .with(
                                            HttpFilter.NAME_FIELD_NUMBER,
                                            HttpFilter.TYPED_CONFIG_FIELD_NUMBER));

    static final Shape FAULT =
            Shape.of(HTTPFault::getDescriptor)
                    .with(HTTPFault.DELAY_FIELD_NUMBER, HTTPFault.ABORT_FIELD_NUMBER);

    static final Shape CORS =
            Shape.of(CorsPolicy::getDescriptor)
                    .with(
                            CorsPolicy.ALLOW_ORIGIN_STRING_MATCH_FIELD_NUMBER,
                            CorsPolicy.ALLOW_METHODS_FIELD_NUMBER,
                            CorsPolicy.ALLOW_HEADERS_FIELD_NUMBER,
                            CorsPolicy.EXPOSE_HEADERS_FIELD_NUMBER,
                            CorsPolicy.MAX_AGE_FIELD_NUMBER,
                            CorsPolicy.ALLOW_CREDENTIALS_FIELD_NUMBER,
                            CorsPolicy.FILTER_ENABLED_FIELD_NUMBER,
                            CorsPolicy.FORWARD_NOT_MATCHING_PREFLIGHTS_FIELD_NUMBER);
}
