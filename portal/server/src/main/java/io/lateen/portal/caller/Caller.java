package io.lateen.portal.caller;

import org.springframework.security.core.AuthenticatedPrincipal;

/**
 * Who sent a request.
 *
 * <p>Not a {@code java.security.Principal}: WebFlux would hand the authentication itself to whoever
 * asks for one.
 *
 * @param session the public handle of the session: names it, opens nothing
 * @param user the user's name; of OpenID Connect users with {@code oidc:} before it, so that no
 *     provider can name somebody who has a local account
 * @param displayName the name to show
 * @param signIn how they signed in
 * @param grants what they may do
 */
public record Caller(String session, String user, String displayName, SignIn signIn, Grants grants)
        implements AuthenticatedPrincipal {

    @Override
    public String getName() {
        return user;
    }
}
