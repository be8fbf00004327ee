/**
 * Signing in at an OpenID Connect provider, by configuration: authorization code with PKCE and
 * nonce, groups mapped to roles. The provider's tokens are looked at once and not kept.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.portal.oidc;
