package io.lateen.sidecar.plan;

import io.envoyproxy.envoy.config.route.v3.RateLimit.Action;
import io.envoyproxy.envoy.extensions.filters.http.ratelimit.v3.RateLimit;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.lateen.sidecar.exchange.QuotaEntry;
import io.lateen.sidecar.exchange.RequestHead;
import io.lateen.sidecar.filter.quota.QuotaGate;
import io.lateen.sidecar.filter.quota.QuotaPart;
import io.lateen.sidecar.filter.quota.QuotaRule;
import io.lateen.sidecar.route.HeaderMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes quota's filter and what routes are counted by, from Envoy's rate limits. */
final class RateLimitFactory {

    static final String HTTP = "envoy.filters.http.ratelimit";

    /** Envoy's defaults. */
    private static final long TIMEOUT_NANOS = 20_000_000L;

    private static final int STATUS_ON_ERROR = 500;
    private static final int HIGHEST_STAGE = 10;

    private RateLimitFactory() {}

    static QuotaGate gate(HttpFilter filter, String at) throws Refusal {
        if (!Reading.typeOf(filter.getTypedConfig()).endsWith(".ratelimit.v3.RateLimit")) {
            throw new Refusal(
                    at + ".typed_config",
                    "is a %s; expected RateLimit"
                            .formatted(Reading.typeOf(filter.getTypedConfig())));
        }
        RateLimit limit =
                Reading.unpack(
                        filter.getTypedConfig(),
                        RateLimit.parser(),
                        KnownFields.RATE_LIMIT_FILTER,
                        at + ".typed_config");
        if (limit.getStage() > HIGHEST_STAGE) {
            throw new Refusal(at + ".stage", "is %d; expected 0..10".formatted(limit.getStage()));
        }
        String cluster =
                limit.getRateLimitService().getGrpcService().getEnvoyGrpc().getClusterName();
        if (cluster.isEmpty() || limit.getDomain().isEmpty()) {
            throw new Refusal(
                    at,
                    "names no domain or no cluster; expected domain and"
                            + " rate_limit_service.grpc_service.envoy_grpc.cluster_name");
        }
        int status = limit.getStatusOnError().getCodeValue();
        return new QuotaGate(
                new QuotaGate.Terms(
                        cluster,
                        limit.getDomain(),
                        limit.getStage(),
                        limit.hasTimeout()
                                ? Reading.nanos(limit.getTimeout(), at + ".timeout")
                                : TIMEOUT_NANOS,
                        limit.getFailureModeDeny(),
                        status == 0 ? STATUS_ON_ERROR : status));
    }

    /** What the requests of a route are counted by. */
    static List<QuotaRule> rules(
            List<io.envoyproxy.envoy.config.route.v3.RateLimit> limits, String at) throws Refusal {
        List<QuotaRule> rules = new ArrayList<>();
        for (int i = 0; i < limits.size(); i++) {
            String field = at + ".rate_limits[" + i + "]";
            List<QuotaPart> parts = new ArrayList<>();
            for (int j = 0; j < limits.get(i).getActionsCount(); j++) {
                parts.add(part(limits.get(i).getActions(j), field + ".actions[" + j + "]"));
            }
            rules.add(new QuotaRule(limits.get(i).getStage().getValue(), parts));
        }
        return rules;
    }

    private static QuotaPart part(Action action, String at) throws Refusal {
        return switch (action.getActionSpecifierCase()) {
            case GENERIC_KEY ->
                    new QuotaPart.Fixed(
                            new QuotaEntry(
                                    or(action.getGenericKey().getDescriptorKey(), "generic_key"),
                                    action.getGenericKey().getDescriptorValue()));
            case REQUEST_HEADERS ->
                    new QuotaPart.HeaderValue(
                            Reading.headerName(
                                    action.getRequestHeaders().getHeaderName(),
                                    at + ".request_headers.header_name"),
                            action.getRequestHeaders().getDescriptorKey());
            case HEADER_VALUE_MATCH -> matching(action.getHeaderValueMatch(), at);
            case REMOTE_ADDRESS -> new QuotaPart.RemoteAddress();
            default ->
                    throw new Refusal(
                            at,
                            ("is %s; expected generic_key, request_headers, header_value_match or"
                                            + " remote_address")
                                    .formatted(action.getActionSpecifierCase()));
        };
    }

    private static QuotaPart matching(Action.HeaderValueMatch from, String at) throws Refusal {
        List<HeaderMatch> matches = new ArrayList<>();
        for (int i = 0; i < from.getHeadersCount(); i++) {
            matches.add(
                    MatchFactory.header(
                            from.getHeaders(i), at + ".header_value_match.headers[" + i + "]"));
        }
        boolean expected = !from.hasExpectMatch() || from.getExpectMatch().getValue();
        Predicate<RequestHead> match =
                head -> matches.stream().allMatch(each -> each.matches(head)) == expected;
        return new QuotaPart.Matching(
                match,
                new QuotaEntry(
                        or(from.getDescriptorKey(), "header_match"), from.getDescriptorValue()));
    }

    private static String or(String text, String otherwise) {
        return text.isEmpty() ? otherwise : text;
    }
}
