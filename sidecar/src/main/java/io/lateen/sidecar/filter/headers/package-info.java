/** Sets, adds and removes headers as a route asks. Called on event loops; immutable. */
@org.jspecify.annotations.NullMarked
package io.lateen.sidecar.filter.headers;
