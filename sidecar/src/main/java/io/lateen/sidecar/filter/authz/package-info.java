/**
 * Who may do what: conditions on callers and requests, compiled from Envoy's RBAC when the plan is,
 * asked on the event loops. DENY and ALLOW are filters of their own, DENY first.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.sidecar.filter.authz;
