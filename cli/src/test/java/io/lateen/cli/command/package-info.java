/** Tests of what commands are made of; what they print is in {@code LateenTest}. */
@org.jspecify.annotations.NullMarked
package io.lateen.cli.command;
