/**
 * The manager: the control plane's program. {@link io.lateen.manager.Manager} starts it, {@link
 * io.lateen.manager.ManagerConfiguration} says what it is made of; each feature's package brings a
 * configuration class of its own that wires it.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.manager;
