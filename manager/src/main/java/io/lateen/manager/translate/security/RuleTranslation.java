package io.lateen.manager.translate.security;

import io.envoyproxy.envoy.config.rbac.v3.Policy;
import io.lateen.model.resource.AuthorizationPolicy.Action;
import io.lateen.model.resource.AuthorizationPolicy.Condition;
import io.lateen.model.resource.AuthorizationPolicy.From;
import io.lateen.model.resource.AuthorizationPolicy.Operation;
import io.lateen.model.resource.AuthorizationPolicy.Rule;
import io.lateen.model.resource.AuthorizationPolicy.Source;
import io.lateen.model.resource.AuthorizationPolicy.To;
import java.util.List;
import java.util.Optional;

/**
 * Translates single rules. What a rule asks for and nobody can see (a header of a connection of
 * bytes) makes an ALLOW rule one that cannot match, and is left out of a DENY rule, which then
 * denies more: never is a call let through that might have been meant.
 *
 * @param trust whose identities are the mesh's
 * @param layer what can be seen
 * @param action of the policy
 * @param ports how rules about ports are answered
 */
record RuleTranslation(TrustDomains trust, Layer layer, Action action, Ports ports) {

    private static final String HEADER = "request.headers[";

    /** A rule that nothing matches. */
    static Policy never() {
        return Policy.newBuilder()
                .addPermissions(PermissionParts.none())
                .addPrincipals(PrincipalParts.none())
                .build();
    }

    /**
     * One rule; nothing where it asks for what nobody can see and must therefore not match.
     *
     * @param namespace of the policy
     */
    Optional<Policy> of(String namespace, Rule rule) {
        if (action == Action.ALLOW && asksForTheUnseen(rule)) {
            return Optional.empty();
        }
        PermissionParts calledWhen = new PermissionParts();
        PrincipalParts callerWhen = new PrincipalParts();
        rule.when().forEach(condition -> add(namespace, condition, calledWhen, callerWhen));
        Policy.Builder policy = Policy.newBuilder();
        for (To to : rule.to().isEmpty() ? List.of(new To(null)) : rule.to()) {
            PermissionParts parts = new PermissionParts();
            if (to.operation() != null) {
                add(to.operation(), parts);
            }
            parts.addAll(calledWhen.parts());
            policy.addPermissions(parts.all());
        }
        for (From from : rule.from().isEmpty() ? List.of(new From(null)) : rule.from()) {
            PrincipalParts parts = new PrincipalParts();
            if (from.source() != null) {
                add(namespace, from.source(), parts);
            }
            parts.addAll(callerWhen.parts());
            policy.addPrincipals(parts.all());
        }
        return Optional.of(policy.build());
    }

    private void add(Operation operation, PermissionParts parts) {
        if (layer == Layer.REQUESTS) {
            parts.add(operation.hosts(), operation.notHosts(), PermissionParts::host);
            parts.add(operation.methods(), operation.notMethods(), PermissionParts::method);
            parts.add(operation.paths(), operation.notPaths(), PermissionParts::path);
        }
        parts.add(
                operation.ports(), operation.notPorts(), port -> ports.is(Integer.parseInt(port)));
    }

    private void add(String own, Source source, PrincipalParts parts) {
        parts.add(
                source.serviceAccounts(),
                source.notServiceAccounts(),
                account -> PrincipalParts.account(own, account));
        parts.add(
                trust.expand(source.principals()),
                trust.expand(source.notPrincipals()),
                PrincipalParts::principal);
        parts.add(source.namespaces(), source.notNamespaces(), PrincipalParts::namespace);
        parts.add(source.trustDomains(), source.notTrustDomains(), PrincipalParts::trustDomain);
        parts.add(
                source.remoteIpBlocks(), source.notRemoteIpBlocks(), PrincipalParts::clientAddress);
        parts.add(source.ipBlocks(), source.notIpBlocks(), PrincipalParts::address);
    }

    private void add(
            String own, Condition condition, PermissionParts called, PrincipalParts caller) {
        List<String> values = condition.values();
        List<String> not = condition.notValues();
        switch (condition.key()) {
            case "destination.ip" -> called.add(values, not, PermissionParts::address);
            case "destination.port" ->
                    called.add(values, not, port -> ports.is(Integer.parseInt(port)));
            case "connection.sni" -> called.add(values, not, PermissionParts::serverName);
            case "source.ip" -> caller.add(values, not, PrincipalParts::address);
            case "remote.ip" -> caller.add(values, not, PrincipalParts::clientAddress);
            case "source.namespace" -> caller.add(values, not, PrincipalParts::namespace);
            case "source.trustDomain" -> caller.add(values, not, PrincipalParts::trustDomain);
            case "source.serviceAccount" ->
                    caller.add(values, not, account -> PrincipalParts.account(own, account));
            case "source.principal" ->
                    caller.add(trust.expand(values), trust.expand(not), PrincipalParts::principal);
            default -> {
                if (isSeen(condition)) {
                    String name = headerName(condition.key());
                    caller.add(values, not, value -> PrincipalParts.header(name, value));
                }
            }
        }
    }

    private boolean asksForTheUnseen(Rule rule) {
        return rule.when().stream().anyMatch(condition -> !isSeen(condition))
                || rule.from().stream().anyMatch(from -> hasTokens(from))
                || (layer == Layer.CONNECTIONS
                        && rule.to().stream().anyMatch(to -> isOfRequests(to)));
    }

    private boolean isSeen(Condition condition) {
        return switch (condition.key()) {
            case "destination.ip",
                    "destination.port",
                    "connection.sni",
                    "source.ip",
                    "remote.ip",
                    "source.namespace",
                    "source.trustDomain",
                    "source.serviceAccount",
                    "source.principal" ->
                    true;
            default -> layer == Layer.REQUESTS && condition.key().startsWith(HEADER);
        };
    }

    /** Tokens are refused at the door: nobody verifies them yet. */
    private static boolean hasTokens(From from) {
        Source source = from.source();
        return source != null
                && !(source.requestPrincipals().isEmpty()
                        && source.notRequestPrincipals().isEmpty());
    }

    private static boolean isOfRequests(To to) {
        Operation operation = to.operation();
        return operation != null
                && !(operation.hosts().isEmpty()
                        && operation.notHosts().isEmpty()
                        && operation.methods().isEmpty()
                        && operation.notMethods().isEmpty()
                        && operation.paths().isEmpty()
                        && operation.notPaths().isEmpty());
    }

    private static String headerName(String key) {
        return key.substring(HEADER.length(), key.length() - 1);
    }
}
