/**
 * The short-lived tokens by which backends know who is behind a request: JWTs signed with ES256,
 * with keys that the portal draws itself and publishes at {@code /.well-known/jwks.json}.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.portal.token;
