/**
 * The {@code lateen} command. {@link io.lateen.cli.Lateen} is the composition root: the one place
 * that reads the environment and the system's properties.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.cli;
