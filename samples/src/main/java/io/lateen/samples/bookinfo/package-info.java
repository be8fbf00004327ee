/**
 * The sample application, of bookinfo's shape: one small program that is productpage, details,
 * reviews (v1 to v3) or ratings, as its arguments say.
 *
 * <p>Each request is handled on its own virtual thread, in blocking style. Calls to the other
 * services name them as {@code http://reviews:9080} and go through the proxy that the environment
 * names, which is the sidecar.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.samples.bookinfo;
