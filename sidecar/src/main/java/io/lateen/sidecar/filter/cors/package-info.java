/**
 * Cross-origin requests: answers preflights and marks the responses that a page of another origin
 * may read. Called on event loops; immutable.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.sidecar.filter.cors;
