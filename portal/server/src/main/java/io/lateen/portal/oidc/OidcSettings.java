package io.lateen.portal.oidc;

import io.lateen.portal.caller.Role;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The OpenID Connect provider, each as {@code --lateen.portal.oidc.<name>}. Without an issuer there
 * is none. The redirect address to register there is {@code <public-url>/login/oauth2/code/oidc}.
 *
 * @param issuer as the provider calls itself; its metadata is read at the first sign-in
 * @param name what stands on the button
 * @param clientId the portal's id there
 * @param clientSecret its secret; in the environment ({@code LATEEN_PORTAL_OIDC_CLIENT_SECRET})
 *     rather than on a command line
 * @param clientSecretFile the file that holds the secret, instead
 * @param scopes what is asked for; {@code openid} is always among them
 * @param userClaim the claim that names the user
 * @param groupsClaim the claim that lists the user's groups
 * @param grants by group: roles, each alone or with {@code @} and namespaces, apart by blanks:
 *     {@code lateen.portal.oidc.grants.shop-team=viewer operator@shop,shop-test}; without any, the
 *     groups {@code lateen-viewer}, {@code lateen-operator}, {@code lateen-approver} and {@code
 *     lateen-admin} have the role that they are named after, everywhere
 */
@ConfigurationProperties("lateen.portal.oidc")
public record OidcSettings(
        @DefaultValue("") String issuer,
        @DefaultValue("OpenID Connect") String name,
        @DefaultValue("") String clientId,
        @DefaultValue("") String clientSecret,
        @Nullable Path clientSecretFile,
        @DefaultValue({"openid", "profile", "email"}) List<String> scopes,
        @DefaultValue("preferred_username") String userClaim,
        @DefaultValue("groups") String groupsClaim,
        @DefaultValue Map<String, String> grants) {

    /** Nobody has a role by chance: who is in such a group was put there for this mesh. */
    private static final Map<String, String> BY_NAME =
            Arrays.stream(Role.values())
                    .map(Role::wireName)
                    .collect(Collectors.toUnmodifiableMap(role -> "lateen-" + role, role -> role));

    /** Copies, and refuses what is half a provider. */
    public OidcSettings {
        scopes = List.copyOf(scopes);
        grants = grants.isEmpty() ? BY_NAME : Map.copyOf(grants);
        if (!issuer.isEmpty() && clientId.isEmpty()) {
            throw new IllegalArgumentException(
                    "lateen.portal.oidc.client-id: found nothing, expected the portal's id at "
                            + issuer);
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "OidcSettings[issuer=" + issuer + ", clientId=" + clientId + "]";
    }
}
