package io.lateen.manager.translate.security;

import io.lateen.model.identity.TrustDomain;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The trust domains whose identities are the mesh's: its own, and others that mean the same
 * workloads, such as the one that it had before.
 *
 * @param own in which certificates are issued
 * @param aliases that are accepted alike
 */
public record TrustDomains(TrustDomain own, List<TrustDomain> aliases) {

    /** The default one alone. */
    public static final TrustDomains DEFAULT = new TrustDomains(TrustDomain.DEFAULT, List.of());

    private static final String SCHEME = "spiffe://";

    /** Copies the list. */
    public TrustDomains {
        aliases = List.copyOf(aliases);
    }

    /** The beginnings of all identities of the mesh: {@code spiffe://cluster.local/}. */
    public List<String> prefixes() {
        return names().map(name -> SCHEME + name + "/").toList();
    }

    /** An account's identities, one in every trust domain. */
    public List<String> identities(String namespace, String serviceAccount) {
        return prefixes().stream()
                .map(prefix -> prefix + "ns/" + namespace + "/sa/" + serviceAccount)
                .toList();
    }

    /**
     * Principals as a policy writes them, each in every trust domain where it names one of the
     * mesh's; {@code cluster.local} always stands for the mesh's own. A trust domain with a
     * wildcard in front stays for those that it covers.
     */
    public List<String> expand(List<String> principals) {
        List<String> expanded = new ArrayList<>();
        for (String principal : principals) {
            expanded.addAll(expand(principal));
        }
        return expanded;
    }

    private Set<String> expand(String principal) {
        String[] parts = principal.split("/", -1);
        if (parts.length != 5 || parts[0].equals("*")) {
            return Set.of(principal);
        }
        String domain = parts[0];
        boolean ours =
                domain.equals(TrustDomain.DEFAULT.name())
                        || names().anyMatch(name -> covers(domain, name));
        if (!ours) {
            return Set.of(principal);
        }
        String path = principal.substring(domain.length());
        Set<String> all = new LinkedHashSet<>();
        names().forEach(
                        name ->
                                all.add(
                                        domain.startsWith("*") && covers(domain, name)
                                                ? principal
                                                : name + path));
        return all;
    }

    private Stream<String> names() {
        return Stream.concat(Stream.of(own), aliases.stream()).map(TrustDomain::name);
    }

    private static boolean covers(String written, String name) {
        return written.startsWith("*") ? name.endsWith(written.substring(1)) : written.equals(name);
    }
}
