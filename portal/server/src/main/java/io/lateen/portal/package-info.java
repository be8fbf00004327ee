/**
 * The portal: the operators' door to the mesh. {@link io.lateen.portal.Portal} starts it, {@link
 * io.lateen.portal.PortalConfiguration} says what it is made of; each feature's package brings a
 * configuration class of its own that wires it.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.portal;
