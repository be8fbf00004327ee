package io.lateen.model.resource;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who may call workloads, and for what. Values of lists are written as {@code exact}, {@code
 * prefix*}, {@code *suffix} or {@code *}: anything that is not empty.
 *
 * @param selector which workloads it is for; null means all of its namespace, or of the mesh in the
 *     root namespace
 * @param targetRef what it is attached to instead
 * @param targetRefs the same, several
 * @param rules of which one must match for the action to be taken
 * @param action taken where a rule matches
 * @param provider that decides, with {@link Action#CUSTOM}
 */
public record AuthorizationPolicy(
        @Nullable WorkloadSelector selector,
        @Nullable TargetReference targetRef,
        List<TargetReference> targetRefs,
        List<Rule> rules,
        Action action,
        @Nullable Provider provider)
        implements Spec {

    public AuthorizationPolicy {
        targetRefs = List.copyOf(targetRefs);
        rules = List.copyOf(rules);
    }

    /** Whether it is for this workload of its namespace. */
    public boolean isFor(Map<String, String> labels) {
        return selector == null || selector.selects(labels);
    }

    /** What is done where a rule matches. */
    public enum Action {
        /** Let the call pass; calls that no such rule matches are refused. */
        ALLOW,
        /** Refuse it. */
        DENY,
        /** Note it. */
        AUDIT,
        /** Ask the provider. */
        CUSTOM
    }

    /**
     * One way in which a call can match: one of each part that is written.
     *
     * @param from who calls; empty means anybody
     * @param to what is called; empty means anything
     * @param when conditions that must all hold
     */
    public record Rule(List<From> from, List<To> to, List<Condition> when) {

        public Rule {
            from = List.copyOf(from);
            to = List.copyOf(to);
            when = List.copyOf(when);
        }
    }

    /**
     * Wraps a source.
     *
     * @param source who calls
     */
    public record From(@Nullable Source source) {}

    /**
     * Wraps an operation.
     *
     * @param operation what is called
     */
    public record To(@Nullable Operation operation) {}

    /**
     * Who calls: one value of every list that is written, and none of those that begin with not.
     *
     * @param principals identities, {@code cluster.local/ns/default/sa/web}
     * @param notPrincipals that it is not
     * @param requestPrincipals who a token speaks for, {@code issuer/subject}
     * @param notRequestPrincipals that it is not
     * @param namespaces of the caller's identity
     * @param notNamespaces that it is not
     * @param serviceAccounts of the caller's identity, {@code namespace/name} or a name of the
     *     policy's namespace
     * @param notServiceAccounts that it is not
     * @param trustDomains of the caller's identity
     * @param notTrustDomains that it is not
     * @param ipBlocks addresses and ranges of the connection's other end
     * @param notIpBlocks that it is not
     * @param remoteIpBlocks addresses and ranges of the client before any proxy
     * @param notRemoteIpBlocks that it is not
     */
    public record Source(
            List<String> principals,
            List<String> notPrincipals,
            List<String> requestPrincipals,
            List<String> notRequestPrincipals,
            List<String> namespaces,
            List<String> notNamespaces,
            List<String> serviceAccounts,
            List<String> notServiceAccounts,
            List<String> trustDomains,
            List<String> notTrustDomains,
            List<String> ipBlocks,
            List<String> notIpBlocks,
            List<String> remoteIpBlocks,
            List<String> notRemoteIpBlocks) {

        public Source {
            principals = List.copyOf(principals);
            notPrincipals = List.copyOf(notPrincipals);
            requestPrincipals = List.copyOf(requestPrincipals);
            notRequestPrincipals = List.copyOf(notRequestPrincipals);
            namespaces = List.copyOf(namespaces);
            notNamespaces = List.copyOf(notNamespaces);
            serviceAccounts = List.copyOf(serviceAccounts);
            notServiceAccounts = List.copyOf(notServiceAccounts);
            trustDomains = List.copyOf(trustDomains);
            notTrustDomains = List.copyOf(notTrustDomains);
            ipBlocks = List.copyOf(ipBlocks);
            notIpBlocks = List.copyOf(notIpBlocks);
            remoteIpBlocks = List.copyOf(remoteIpBlocks);
            notRemoteIpBlocks = List.copyOf(notRemoteIpBlocks);
        }
    }

    /**
     * What is called: one value of every list that is written, and none of those that begin with
     * not.
     *
     * @param hosts of the request, any case
     * @param notHosts that it is not
     * @param ports of the workload
     * @param notPorts that it is not
     * @param methods of the request
     * @param notMethods that it is not
     * @param paths of the request without its query; also templates, {@code /a/{*}}
     * @param notPaths that it is not
     */
    public record Operation(
            List<String> hosts,
            List<String> notHosts,
            List<String> ports,
            List<String> notPorts,
            List<String> methods,
            List<String> notMethods,
            List<String> paths,
            List<String> notPaths) {

        public Operation {
            hosts = List.copyOf(hosts);
            notHosts = List.copyOf(notHosts);
            ports = List.copyOf(ports);
            notPorts = List.copyOf(notPorts);
            methods = List.copyOf(methods);
            notMethods = List.copyOf(notMethods);
            paths = List.copyOf(paths);
            notPaths = List.copyOf(notPaths);
        }
    }

    /**
     * A condition on one attribute.
     *
     * @param key of the attribute, {@code request.headers[x-version]}
     * @param values of which it has one; empty means any
     * @param notValues of which it has none
     */
    public record Condition(String key, List<String> values, List<String> notValues) {

        public Condition {
            values = List.copyOf(values);
            notValues = List.copyOf(notValues);
        }
    }

    /**
     * Who decides.
     *
     * @param name of the provider
     */
    public record Provider(@Nullable String name) {}
}
