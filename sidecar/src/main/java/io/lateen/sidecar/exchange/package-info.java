/**
 * One request as every part of the sidecar sees it: its head as ranges over bytes, its state, the
 * values that say how it ended, and the two seams where others join in (filters and observers).
 *
 * <p>Filled by {@code http1} and {@code http2}, carried by {@code upstream}, read by {@code route},
 * {@code filter} and {@code telemetry}. Everything here belongs to one event loop: nothing is
 * shared between threads and nothing is locked.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.sidecar.exchange;
