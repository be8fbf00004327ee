/**
 * What is said about traffic: Istio's metrics on 15090 and the access log.
 *
 * <p>Each event loop counts in tables of its own, without locks or allocation per request; a scrape
 * adds the tables up. The access log is formatted on the loop and written by a thread of its own.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.sidecar.telemetry;
