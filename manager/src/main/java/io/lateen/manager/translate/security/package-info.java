/**
 * Certificates and access in Envoy's words: TLS contexts on both sides, the filter chains that tell
 * encrypted connections apart, RBAC. Pure; called by the translation of listeners and clusters.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.manager.translate.security;
