/**
 * Hands the page's requests on to the backends: {@code /api/manager/…}, {@code /api/mixer/…},
 * {@code /api/auth-ca/…}, by Spring Cloud Gateway, with a signed token in place of the cookies.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.portal.relay;
