/**
 * What every request passes before anything else: its id, the security headers, the guard against
 * forged requests, and Spring Security with who may come where.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.portal.door;
