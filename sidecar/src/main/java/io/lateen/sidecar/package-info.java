/** The proxy. */
@org.jspecify.annotations.NullMarked
package io.lateen.sidecar;
