/**
 * The contract of {@code docs/reference/xds.md}, kept from both ends at once: what the manager's
 * translation writes, the sidecar's plan takes.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.e2e.contract;
