/**
 * Faults on purpose: delays and aborts of a share of a route's requests. Called on event loops;
 * immutable. Delay and abort are drawn independently of each other, as in Envoy's {@code
 * HTTPFault}.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.sidecar.filter.fault;
