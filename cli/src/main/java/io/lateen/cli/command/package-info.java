/**
 * The commands: what a user types, read by picocli into fields, and what is done about it. One
 * class per command; called on the main thread, which exits with what they return.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.cli.command;
