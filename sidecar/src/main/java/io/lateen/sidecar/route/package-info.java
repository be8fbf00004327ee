/**
 * How a request finds its route and how its target changes: matchers, virtual hosts, rewrites and
 * redirects. Called on event loops, once per request; every type is immutable.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.sidecar.route;
