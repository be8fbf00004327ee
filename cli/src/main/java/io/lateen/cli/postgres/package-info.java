/**
 * PostgreSQL's own binaries, kept in the state folder and run as a child process: the database of a
 * mesh on one host. Its data survives restarts.
 *
 * <p>Called by {@code demo}, on its starting thread.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.cli.postgres;
