/**
 * The manager's REST API as the commands use it: blocking, on the calling thread, every refusal an
 * {@link io.lateen.cli.client.CommandFailed} with a sentence for the user.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.cli.client;
