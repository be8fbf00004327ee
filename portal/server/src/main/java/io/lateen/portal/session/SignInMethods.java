package io.lateen.portal.session;

import java.util.List;

/**
 * The ways to sign in here.
 *
 * @param local with a name and a password
 * @param providers at an OpenID Connect provider
 */
record SignInMethods(boolean local, List<SignInProvider> providers) {}
