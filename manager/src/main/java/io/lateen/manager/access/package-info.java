/**
 * Who may call the manager's REST interface: bearer tokens, each with an actor's name and a role. A
 * filter asks on every request, on the request's virtual thread, before anything else runs.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.manager.access;
