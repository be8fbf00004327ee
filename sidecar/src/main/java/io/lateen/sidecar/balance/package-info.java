/**
 * Picks one of a cluster's hosts: by priority and health, by locality, and among equals by the
 * cluster's algorithm. Pure arithmetic over numbered hosts, made anew when one of them changes
 * ({@link io.lateen.sidecar.balance.Balancing}), then asked once per try, on one event loop: a pick
 * allocates nothing and costs O(log n) at most.
 */
@NullMarked
package io.lateen.sidecar.balance;

import org.jspecify.annotations.NullMarked;
