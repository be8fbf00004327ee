/**
 * Who calls and what they may do: roles, the namespaces in which they hold, and the capabilities
 * that follow. Values only; every other package reads them.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.portal.caller;
