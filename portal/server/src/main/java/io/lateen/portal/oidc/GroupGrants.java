package io.lateen.portal.oidc;

import io.lateen.portal.caller.Grant;
import io.lateen.portal.caller.Grants;
import io.lateen.portal.caller.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which roles a user has by their groups at the provider. */
final class GroupGrants {
    private final Map<String, List<Grant>> byGroup = new LinkedHashMap<>();

    /**
     * Reads the settings.
     *
     * @throws IllegalArgumentException naming the group whose roles cannot be read
     */
    GroupGrants(Map<String, String> settings) {
        settings.forEach((group, roles) -> byGroup.put(group, parse(group, roles)));
    }

    /** The roles of somebody with these groups; empty when none of them has any. */
    Grants of(Collection<String> groups) {
        Set<Grant> grants = new LinkedHashSet<>();
        for (String group : groups) {
            grants.addAll(byGroup.getOrDefault(group, List.of()));
        }
        return new Grants(List.copyOf(grants));
    }

    private static List<Grant> parse(String group, String text) {
        List<Grant> grants = new ArrayList<>();
        try {
            for (String one : text.strip().split("\\s+", -1)) {
                int at = one.indexOf('@');
                Role role = Role.named(at < 0 ? one : one.substring(0, at));
                grants.add(
                        at < 0
                                ? Grant.everywhere(role)
                                : new Grant(role, List.of(one.substring(at + 1).split(",", -1))));
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "lateen.portal.oidc.grants." + group + ": " + e.getMessage(), e);
        }
        return grants;
    }
}
