package io.lateen.sidecar.plan;

import io.envoyproxy.envoy.config.route.v3.RouteAction.HashPolicy.ConnectionProperties;
import io.envoyproxy.envoy.config.route.v3.RouteAction.RequestMirrorPolicy;
import io.envoyproxy.envoy.config.route.v3.WeightedCluster;
import io.lateen.sidecar.route.Octets;
import io.lateen.sidecar.route.PathEdit;
import io.lateen.sidecar.route.PathMatch;
import io.lateen.sidecar.route.Rewrite;
import io.lateen.sidecar.route.RouteMatch;
import java.util.ArrayList;
import java.util.List;

/** Makes forwarding from {@code envoy.config.route.v3.RouteAction}. */
final class ForwardFactory {

    /** Envoy's default for a route that names no time-out. */
    private static final long DEFAULT_TIMEOUT_NANOS = 15_000_000_000L;

    private ForwardFactory() {}

    static RouteAction.Forward forward(
            io.envoyproxy.envoy.config.route.v3.RouteAction action, PathMatch path, String at)
            throws Refusal {
        if (action.getClusterNotFoundResponseCodeValue() != 0) {
            throw new Refusal(
                    at + ".cluster_not_found_response_code", "is not 503, Envoy's default");
        }
        return new RouteAction.Forward(
                clusters(action, at), rewrite(action, path, at), policy(action, at));
    }

    private static ClusterChoice clusters(
            io.envoyproxy.envoy.config.route.v3.RouteAction action, String at) throws Refusal {
        return switch (action.getClusterSpecifierCase()) {
            case CLUSTER -> new ClusterChoice.Single(Destination.of(action.getCluster()));
            case WEIGHTED_CLUSTERS ->
                    weighted(action.getWeightedClusters(), at + ".weighted_clusters");
            case CLUSTER_HEADER,
                    CLUSTER_SPECIFIER_PLUGIN,
                    INLINE_CLUSTER_SPECIFIER_PLUGIN,
                    CLUSTERSPECIFIER_NOT_SET ->
                    throw new Refusal(
                            at, "names no cluster; expected cluster or weighted_clusters");
        };
    }

    private static ClusterChoice weighted(WeightedCluster weighted, String at) throws Refusal {
        List<Destination> destinations = new ArrayList<>();
        for (int i = 0; i < weighted.getClustersCount(); i++) {
            WeightedCluster.ClusterWeight each = weighted.getClusters(i);
            String field = at + ".clusters[" + i + "]";
            destinations.add(
                    new Destination(
                            each.getName(),
                            each.getWeight().getValue(),
                            HeaderEditsFactory.edits(
                                    each.getRequestHeadersToAddList(),
                                    each.getRequestHeadersToRemoveList(),
                                    field + ".request_headers"),
                            HeaderEditsFactory.edits(
                                    each.getResponseHeadersToAddList(),
                                    each.getResponseHeadersToRemoveList(),
                                    field + ".response_headers"),
                            each.getHostRewriteLiteral().isEmpty()
                                    ? Rewrite.NONE
                                    : new Rewrite(
                                            PathEdit.Unchanged.INSTANCE,
                                            Octets.asRead(
                                                    Reading.unbroken(
                                                            each.getHostRewriteLiteral(),
                                                            field + ".host_rewrite_literal")))));
        }
        return choice(destinations, at);
    }

    /** A choice among destinations whose weights are checked here. */
    static ClusterChoice choice(List<Destination> destinations, String at) throws Refusal {
        long total = 0;
        for (Destination destination : destinations) {
            total += Integer.toUnsignedLong(destination.weight());
        }
        if (total < 1 || total > Integer.MAX_VALUE) {
            throw new Refusal(
                    at, "has weights that sum to %d; expected 1..2147483647".formatted(total));
        }
        return destinations.size() == 1
                ? new ClusterChoice.Single(destinations.getFirst())
                : new ClusterChoice.Weighted(destinations, (int) total);
    }

    private static Rewrite rewrite(
            io.envoyproxy.envoy.config.route.v3.RouteAction action, PathMatch path, String at)
            throws Refusal {
        PathEdit edit = pathEdit(path, action.getPrefixRewrite(), action.getRegexRewrite(), at);
        String host =
                switch (action.getHostRewriteSpecifierCase()) {
                    case HOST_REWRITE_LITERAL ->
                            Octets.asRead(
                                    Reading.unbroken(
                                            action.getHostRewriteLiteral(),
                                            at + ".host_rewrite_literal"));
                    case HOSTREWRITESPECIFIER_NOT_SET -> null;
                    case AUTO_HOST_REWRITE, HOST_REWRITE_HEADER, HOST_REWRITE_PATH_REGEX ->
                            throw new Refusal(
                                    at,
                                    "rewrites the host by rule; expected"
                                            + " host_rewrite_literal");
                };
        return edit == PathEdit.Unchanged.INSTANCE && host == null
                ? Rewrite.NONE
                : new Rewrite(edit, host);
    }

    /** How a path changes; {@code path} says what a prefix rewrite replaces. */
    static PathEdit pathEdit(
            PathMatch path,
            String prefixRewrite,
            io.envoyproxy.envoy.type.matcher.v3.RegexMatchAndSubstitute regex,
            String at)
            throws Refusal {
        if (!prefixRewrite.isEmpty()) {
            String replacement =
                    Octets.asRead(Reading.unbroken(prefixRewrite, at + ".prefix_rewrite"));
            return path.rewrittenLength() < 0
                    ? new PathEdit.Whole(replacement)
                    : new PathEdit.MatchedPrefix(path.rewrittenLength(), replacement);
        }
        if (regex.getPattern().getRegex().isEmpty()) {
            return PathEdit.Unchanged.INSTANCE;
        }
        String field = at + ".regex_rewrite";
        try {
            return PathEdit.Found.of(
                    Reading.pattern(regex.getPattern().getRegex(), field + ".pattern"),
                    Octets.asRead(
                            Reading.unbroken(regex.getSubstitution(), field + ".substitution")));
        } catch (IllegalArgumentException wrong) {
            throw new Refusal(field + ".substitution", String.valueOf(wrong.getMessage()));
        }
    }

    private static ForwardPolicy policy(
            io.envoyproxy.envoy.config.route.v3.RouteAction action, String at) throws Refusal {
        return new ForwardPolicy(
                times(action, at),
                action.hasRetryPolicy()
                        ? RetryFactory.retry(action.getRetryPolicy(), at + ".retry_policy")
                        : RetryPlan.NEVER,
                hashPolicies(action, at),
                mirrors(action, at));
    }

    @SuppressWarnings("deprecation") // Istio sends max_grpc_timeout, and so does the manager
    private static ForwardPolicy.Times times(
            io.envoyproxy.envoy.config.route.v3.RouteAction action, String at) throws Refusal {
        return new ForwardPolicy.Times(
                action.hasTimeout()
                        ? Reading.nanos(action.getTimeout(), at + ".timeout")
                        : DEFAULT_TIMEOUT_NANOS,
                Reading.nanos(action.getIdleTimeout(), at + ".idle_timeout"),
                action.hasMaxGrpcTimeout()
                        ? Reading.nanos(action.getMaxGrpcTimeout(), at + ".max_grpc_timeout")
                        : ForwardPolicy.Times.UNREAD);
    }

    private static List<MirrorPlan> mirrors(
            io.envoyproxy.envoy.config.route.v3.RouteAction action, String at) throws Refusal {
        List<MirrorPlan> mirrors = new ArrayList<>();
        for (int i = 0; i < action.getRequestMirrorPoliciesCount(); i++) {
            RequestMirrorPolicy mirror = action.getRequestMirrorPolicies(i);
            int perMillion =
                    mirror.hasRuntimeFraction()
                            ? Reading.perMillion(
                                    mirror.getRuntimeFraction().getDefaultValue(),
                                    at + ".request_mirror_policies[" + i + "].runtime_fraction")
                            : RouteMatch.ALL;
            if (perMillion > 0) {
                mirrors.add(new MirrorPlan(mirror.getCluster(), perMillion));
            }
        }
        return mirrors;
    }

    private static List<HashPolicy> hashPolicies(
            io.envoyproxy.envoy.config.route.v3.RouteAction action, String at) throws Refusal {
        List<HashPolicy> policies = new ArrayList<>();
        for (int i = 0; i < action.getHashPolicyCount(); i++) {
            policies.add(hash(action.getHashPolicy(i), at + ".hash_policy[" + i + "]"));
        }
        return policies;
    }

    private static String attributes(
            io.envoyproxy.envoy.config.route.v3.RouteAction.HashPolicy.Cookie cookie, String at)
            throws Refusal {
        StringBuilder text = new StringBuilder();
        for (var each : cookie.getAttributesList()) {
            String one =
                    each.getValue().isEmpty()
                            ? each.getName()
                            : each.getName() + '=' + each.getValue();
            if (!one.chars().allMatch(c -> c >= ' ' && c < 127 && c != ';')) {
                throw new Refusal(
                        at, "holds '%s'; expected no semicolon or control".formatted(one));
            }
            text.append(text.isEmpty() ? "" : "; ").append(one);
        }
        return text.toString();
    }

    private static HashPolicy hash(
            io.envoyproxy.envoy.config.route.v3.RouteAction.HashPolicy policy, String at)
            throws Refusal {
        boolean terminal = policy.getTerminal();
        return switch (policy.getPolicySpecifierCase()) {
            case HEADER ->
                    new HashPolicy.Header(
                            Reading.headerName(
                                    policy.getHeader().getHeaderName(), at + ".header.header_name"),
                            terminal);
            case COOKIE ->
                    new HashPolicy.Cookie(
                            policy.getCookie().getName(),
                            policy.getCookie().hasTtl()
                                    ? policy.getCookie().getTtl().getSeconds()
                                    : -1,
                            policy.getCookie().getPath(),
                            attributes(policy.getCookie(), at + ".cookie.attributes"),
                            terminal);
            case CONNECTION_PROPERTIES -> {
                ConnectionProperties connection = policy.getConnectionProperties();
                if (!connection.getSourceIp()) {
                    throw new Refusal(at + ".connection_properties", "hashes nothing");
                }
                yield new HashPolicy.SourceIp(terminal);
            }
            case QUERY_PARAMETER ->
                    new HashPolicy.QueryParameter(
                            Octets.asRead(policy.getQueryParameter().getName()), terminal);
            case FILTER_STATE, POLICYSPECIFIER_NOT_SET ->
                    throw new Refusal(
                            at,
                            "hashes nothing; expected header, cookie,"
                                    + " connection_properties.source_ip or query_parameter");
        };
    }
}
