package io.lateen.sidecar.plan;

import com.google.re2j.Pattern;
import io.envoyproxy.envoy.config.core.v3.CidrRange;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.rbac.v3.Permission;
import io.envoyproxy.envoy.config.rbac.v3.Principal;
import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.extensions.path.match.uri_template.v3.UriTemplateMatchConfig;
import io.envoyproxy.envoy.type.matcher.v3.MetadataMatcher;
import io.envoyproxy.envoy.type.matcher.v3.PathMatcher;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import io.lateen.sidecar.filter.authz.AddressRange;
import io.lateen.sidecar.filter.authz.CallerCondition;
import io.lateen.sidecar.filter.authz.Condition;
import io.lateen.sidecar.filter.authz.RequestCondition;
import io.lateen.sidecar.route.HeaderMatch;
import io.lateen.sidecar.route.ValueMatch;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes conditions from the trees of Envoy's RBAC.
 *
 * <p>Whether one of several lines of a header is enough depends on what matching leads to: it
 * changes where a rule denies, and below each negation.
 */
final class ConditionFactory {

    private final boolean http;
    private final boolean oneLineIsEnough;

    /**
     * @param http whether there will be requests to ask, rather than connections alone
     * @param oneLineIsEnough whether a header matches when one of its lines does
     */
    ConditionFactory(boolean http, boolean oneLineIsEnough) {
        this.http = http;
        this.oneLineIsEnough = oneLineIsEnough;
    }

    private ConditionFactory negated() {
        return new ConditionFactory(http, !oneLineIsEnough);
    }

    @SuppressWarnings("deprecation") // metadata, which Istio still writes
    Condition permission(Permission from, String at) throws Refusal {
        return switch (from.getRuleCase()) {
            case ANY -> Condition.ANY;
            case AND_RULES ->
                    Condition.all(
                            permissions(from.getAndRules().getRulesList(), at + ".and_rules"));
            case OR_RULES ->
                    Condition.oneOf(
                            permissions(from.getOrRules().getRulesList(), at + ".or_rules"));
            case NOT_RULE ->
                    Condition.not(negated().permission(from.getNotRule(), at + ".not_rule"));
            case HEADER -> header(from.getHeader(), at + ".header");
            case URL_PATH -> path(from.getUrlPath(), at + ".url_path");
            case URI_TEMPLATE -> template(from.getUriTemplate(), at + ".uri_template");
            case DESTINATION_IP ->
                    new CallerCondition.Place(
                            range(from.getDestinationIp(), at + ".destination_ip"));
            case DESTINATION_PORT ->
                    new CallerCondition.Port(from.getDestinationPort(), from.getDestinationPort());
            case DESTINATION_PORT_RANGE ->
                    // Its end is not part of it.
                    new CallerCondition.Port(
                            from.getDestinationPortRange().getStart(),
                            from.getDestinationPortRange().getEnd() - 1);
            case REQUESTED_SERVER_NAME ->
                    new CallerCondition.ServerName(
                            MatchFactory.value(
                                    from.getRequestedServerName(), at + ".requested_server_name"));
            case METADATA -> absent(from.getMetadata());
            case MATCHER, SOURCED_METADATA, RULE_NOT_SET ->
                    throw new Refusal(
                            at,
                            "is a permission that is not supported by this sidecar; leave it out");
        };
    }

    @SuppressWarnings("deprecation") // metadata, and source_ip of older managers
    Condition principal(Principal from, String at) throws Refusal {
        return switch (from.getIdentifierCase()) {
            case ANY -> Condition.ANY;
            case AND_IDS ->
                    Condition.all(principals(from.getAndIds().getIdsList(), at + ".and_ids"));
            case OR_IDS ->
                    Condition.oneOf(principals(from.getOrIds().getIdsList(), at + ".or_ids"));
            case NOT_ID -> Condition.not(negated().principal(from.getNotId(), at + ".not_id"));
            case AUTHENTICATED -> authenticated(from.getAuthenticated(), at + ".authenticated");
            case SOURCE_IP ->
                    new CallerCondition.Peer(range(from.getSourceIp(), at + ".source_ip"));
            case DIRECT_REMOTE_IP ->
                    new CallerCondition.Peer(
                            range(from.getDirectRemoteIp(), at + ".direct_remote_ip"));
            case REMOTE_IP ->
                    new CallerCondition.Client(range(from.getRemoteIp(), at + ".remote_ip"));
            case HEADER -> header(from.getHeader(), at + ".header");
            case URL_PATH -> path(from.getUrlPath(), at + ".url_path");
            case METADATA -> absent(from.getMetadata());
            case FILTER_STATE, SOURCED_METADATA, CUSTOM, IDENTIFIER_NOT_SET ->
                    throw new Refusal(
                            at,
                            "is a principal that is not supported by this sidecar; leave it out");
        };
    }

    private List<Condition> permissions(List<Permission> from, String at) throws Refusal {
        List<Condition> conditions = new ArrayList<>();
        for (int i = 0; i < from.size(); i++) {
            conditions.add(permission(from.get(i), at + ".rules[" + i + "]"));
        }
        return conditions;
    }

    private List<Condition> principals(List<Principal> from, String at) throws Refusal {
        List<Condition> conditions = new ArrayList<>();
        for (int i = 0; i < from.size(); i++) {
            conditions.add(principal(from.get(i), at + ".ids[" + i + "]"));
        }
        return conditions;
    }

    private static Condition authenticated(Principal.Authenticated from, String at) throws Refusal {
        return from.hasPrincipalName()
                ? new CallerCondition.Identity(
                        Regexes.simplest(
                                MatchFactory.value(
                                        from.getPrincipalName(), at + ".principal_name")))
                : new CallerCondition.Encrypted();
    }

    // Filters that write metadata, such as jwt_authn, are refused by name, so that there never is
    // any: what asks for some is not fulfilled, as in Envoy without them.
    private static Condition absent(MetadataMatcher from) {
        return from.getInvert() ? Condition.ANY : Condition.NONE;
    }

    private Condition path(PathMatcher from, String at) throws Refusal {
        requireHttp(at);
        return new RequestCondition.Path(
                Regexes.simplest(MatchFactory.value(from.getPath(), at + ".path")));
    }

    private Condition template(TypedExtensionConfig from, String at) throws Refusal {
        requireHttp(at);
        String field = at + ".typed_config";
        if (!Reading.typeOf(from.getTypedConfig()).endsWith(".UriTemplateMatchConfig")) {
            throw new Refusal(
                    field,
                    "is a %s; expected UriTemplateMatchConfig"
                            .formatted(Reading.typeOf(from.getTypedConfig())));
        }
        UriTemplateMatchConfig template =
                Reading.unpack(
                        from.getTypedConfig(),
                        UriTemplateMatchConfig.parser(),
                        KnownAuthorizationFields.URI_TEMPLATE,
                        field);
        Pattern pattern =
                Reading.pattern(
                        Regexes.ofTemplate(template.getPathTemplate(), field + ".path_template"),
                        field + ".path_template");
        return new RequestCondition.Path(new ValueMatch.Regex(pattern));
    }

    private Condition header(HeaderMatcher given, String at) throws Refusal {
        requireHttp(at);
        HeaderMatcher from = inTodaysForm(given);
        HeaderMatch match = MatchFactory.header(from, at);
        return match instanceof HeaderMatch.Value || match instanceof HeaderMatch.Equal
                ? new RequestCondition.Header(
                        Reading.headerName(from.getName(), at + ".name"),
                        MatchFactory.value(from.getStringMatch(), at + ".string_match"),
                        from.getInvertMatch(),
                        from.getTreatMissingHeaderAsEmpty(),
                        oneLineIsEnough)
                : new RequestCondition.Head(match);
    }

    @SuppressWarnings("deprecation") // Istio before 1.11 wrote authorities so
    private static HeaderMatcher inTodaysForm(HeaderMatcher from) {
        return from.hasSafeRegexMatch()
                ? from.toBuilder()
                        .setStringMatch(
                                StringMatcher.newBuilder().setSafeRegex(from.getSafeRegexMatch()))
                        .build()
                : from;
    }

    private void requireHttp(String at) throws Refusal {
        if (!http) {
            throw new Refusal(
                    at, "asks for a request, and there are only connections; leave it out");
        }
    }

    private static AddressRange range(CidrRange from, String at) throws Refusal {
        int bits = from.hasPrefixLen() ? from.getPrefixLen().getValue() : 0;
        AddressRange range = AddressRange.of(from.getAddressPrefix(), bits);
        if (range == null) {
            throw new Refusal(
                    at,
                    "is '%s/%d'; expected an IP address and how many of its bits count"
                            .formatted(from.getAddressPrefix(), bits));
        }
        return range;
    }
}
