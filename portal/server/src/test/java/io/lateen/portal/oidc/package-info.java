/** Tests of signing in at a provider: a real one. */
@org.jspecify.annotations.NullMarked
package io.lateen.portal.oidc;
