package io.lateen.manager.translate.security;

import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.rbac.v3.Policy;
import io.envoyproxy.envoy.config.rbac.v3.RBAC;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.lateen.manager.snapshot.Authorization;
import io.lateen.manager.translate.envoy.Deterministic;
import io.lateen.model.resource.AuthorizationPolicy;
import io.lateen.model.resource.AuthorizationPolicy.Action;
import io.lateen.model.resource.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who may call through one chain of filters.
 *
 * @param authorization the policies that say so
 * @param trust whose identities are the mesh's
 * @param ports how rules about ports are answered
 */
public record Guard(Authorization authorization, TrustDomains trust, Ports ports) {

    /** Of rules that are only tried out, which there are none of yet; Istio's name. */
    private static final String SHADOW = "istio_dry_run_allow_";

    /** The same for calls that come in for a port of the workload. */
    public Guard at(int workloadPort) {
        return new Guard(authorization, trust, Ports.of(workloadPort));
    }

    /** The filters of requests, in order: what denies, then what allows. */
    public List<HttpFilter> ofRequests() {
        List<HttpFilter> filters = new ArrayList<>();
        for (RBAC rules : rules(Layer.REQUESTS)) {
            filters.add(
                    HttpFilter.newBuilder()
                            .setName("envoy.filters.http.rbac")
                            .setTypedConfig(
                                    Deterministic.any(
                                            io.envoyproxy
                                                    .envoy
                                                    .extensions
                                                    .filters
                                                    .http
                                                    .rbac
                                                    .v3
                                                    .RBAC
                                                    .newBuilder()
                                                    .setRules(rules)
                                                    .setShadowRulesStatPrefix(SHADOW)
                                                    .build()))
                            .build());
        }
        return filters;
    }

    /** The filters of connections, in order: what denies, then what allows. */
    public List<Filter> ofConnections() {
        List<Filter> filters = new ArrayList<>();
        for (RBAC rules : rules(Layer.CONNECTIONS)) {
            filters.add(
                    Filter.newBuilder()
                            .setName("envoy.filters.network.rbac")
                            .setTypedConfig(
                                    Deterministic.any(
                                            io.envoyproxy
                                                    .envoy
                                                    .extensions
                                                    .filters
                                                    .network
                                                    .rbac
                                                    .v3
                                                    .RBAC
                                                    .newBuilder()
                                                    .setRules(rules)
                                                    .setStatPrefix("tcp.")
                                                    .setShadowRulesStatPrefix(SHADOW)
                                                    .build()))
                            .build());
        }
        return filters;
    }

    private List<RBAC> rules(Layer layer) {
        List<RBAC> rules = new ArrayList<>();
        if (!authorization.deny().isEmpty()) {
            rules.add(rules(layer, Action.DENY, authorization.deny()));
        }
        if (!authorization.allow().isEmpty()) {
            rules.add(rules(layer, Action.ALLOW, authorization.allow()));
        }
        return rules;
    }

    private RBAC rules(Layer layer, Action action, List<Resource> policies) {
        RuleTranslation translation = new RuleTranslation(trust, layer, action, ports);
        RBAC.Builder rules =
                RBAC.newBuilder()
                        .setAction(action == Action.DENY ? RBAC.Action.DENY : RBAC.Action.ALLOW);
        for (Resource resource : policies) {
            String namespace = resource.metadata().namespace();
            String name = "ns[" + namespace + "]-policy[" + resource.metadata().name() + "]-rule[";
            AuthorizationPolicy policy = (AuthorizationPolicy) resource.spec();
            for (int i = 0; i < policy.rules().size(); i++) {
                Optional<Policy> rule = translation.of(namespace, policy.rules().get(i));
                if (rule.isPresent()) {
                    rules.putPolicies(name + i + "]", rule.get());
                }
            }
            if (policy.rules().isEmpty()) {
                rules.putPolicies(name + "0]", RuleTranslation.never());
            }
        }
        return rules.build();
    }
}
