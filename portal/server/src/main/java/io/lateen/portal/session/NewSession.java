package io.lateen.portal.session;

import io.lateen.portal.caller.Grants;
import io.lateen.portal.caller.SignIn;
import org.jspecify.annotations.Nullable;

/**
 * Who has just signed in.
 *
 * @param grants null for local users, whose account says it at each request
 */
public record NewSession(String user, String displayName, SignIn signIn, @Nullable Grants grants) {}
