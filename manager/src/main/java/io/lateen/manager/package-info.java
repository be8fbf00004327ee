/** The control plane. */
@org.jspecify.annotations.NullMarked
package io.lateen.manager;
