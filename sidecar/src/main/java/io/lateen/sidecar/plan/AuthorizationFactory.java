package io.lateen.sidecar.plan;

import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.rbac.v3.Permission;
import io.envoyproxy.envoy.config.rbac.v3.Policy;
import io.envoyproxy.envoy.config.rbac.v3.Principal;
import io.envoyproxy.envoy.config.rbac.v3.RBAC;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.lateen.sidecar.exchange.ConnectionFilter;
import io.lateen.sidecar.exchange.RequestFilter;
import io.lateen.sidecar.filter.authz.Authorization;
import io.lateen.sidecar.filter.authz.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes authorization filters from Envoy's RBAC, of requests and of connections. Shadow rules and
 * rules that only log decide nothing: they are checked, and no filter is made of them.
 */
final class AuthorizationFactory {

    static final String HTTP = "envoy.filters.http.rbac";
    private static final String NETWORK = "envoy.filters.network.rbac";

    private AuthorizationFactory() {}

    /** Of requests; empty where nothing is decided. */
    static Optional<RequestFilter> requests(HttpFilter filter, String at) throws Refusal {
        var config =
                Reading.unpack(
                        filter.getTypedConfig(),
                        io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBAC.parser(),
                        KnownAuthorizationFields.HTTP_FILTER,
                        at + ".typed_config");
        Optional<Authorization> rules =
                rules(config.hasRules(), config.getRules(), at + ".typed_config.rules", true);
        var _ =
                rules(
                        config.hasShadowRules(),
                        config.getShadowRules(),
                        at + ".typed_config.shadow_rules",
                        true);
        return rules.map(RequestFilter.class::cast);
    }

    /** Of connections that are passed on as bytes; empty where nothing is decided. */
    static Optional<ConnectionFilter> connections(Filter filter, String at) throws Refusal {
        if (!filter.getName().equals(NETWORK)) {
            throw new Refusal(
                    at,
                    "is '%s'; expected %s, or an HTTP connection manager or a tcp_proxy at the end"
                            .formatted(filter.getName(), NETWORK));
        }
        var config =
                Reading.unpack(
                        filter.getTypedConfig(),
                        io.envoyproxy.envoy.extensions.filters.network.rbac.v3.RBAC.parser(),
                        KnownAuthorizationFields.NETWORK_FILTER,
                        at + ".typed_config");
        Optional<Authorization> rules =
                rules(config.hasRules(), config.getRules(), at + ".typed_config.rules", false);
        var _ =
                rules(
                        config.hasShadowRules(),
                        config.getShadowRules(),
                        at + ".typed_config.shadow_rules",
                        false);
        return rules.map(ConnectionFilter.class::cast);
    }

    private static Optional<Authorization> rules(boolean there, RBAC from, String at, boolean http)
            throws Refusal {
        if (!there) {
            return Optional.empty();
        }
        boolean denies = from.getAction() == RBAC.Action.DENY;
        List<Authorization.Rule> rules = new ArrayList<>();
        for (Map.Entry<String, Policy> each : from.getPoliciesMap().entrySet()) {
            String field = at + ".policies[" + each.getKey() + "]";
            rules.add(
                    rule(
                            each.getKey(),
                            each.getValue(),
                            field,
                            new ConditionFactory(http, denies)));
        }
        return switch (from.getAction()) {
            case ALLOW -> Optional.of(new Authorization(Authorization.Effect.ALLOW, rules));
            case DENY -> Optional.of(new Authorization(Authorization.Effect.DENY, rules));
            // Every request is in the access log where there is one, so that there is nothing to
            // mark.
            case LOG -> Optional.empty();
            case UNRECOGNIZED -> throw new Refusal(at + ".action", "is not known");
        };
    }

    private static Authorization.Rule rule(
            String name, Policy policy, String at, ConditionFactory conditions) throws Refusal {
        List<Condition> doing = new ArrayList<>();
        for (int i = 0; i < policy.getPermissionsCount(); i++) {
            Permission each = policy.getPermissions(i);
            doing.add(conditions.permission(each, at + ".permissions[" + i + "]"));
        }
        List<Condition> who = new ArrayList<>();
        for (int i = 0; i < policy.getPrincipalsCount(); i++) {
            Principal each = policy.getPrincipals(i);
            who.add(conditions.principal(each, at + ".principals[" + i + "]"));
        }
        if (doing.isEmpty() || who.isEmpty()) {
            throw new Refusal(at, "has no permissions or no principals; expected one of each");
        }
        return new Authorization.Rule(name, Condition.oneOf(doing), Condition.oneOf(who));
    }
}
