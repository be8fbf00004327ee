/**
 * Puts the manager's one straight line together: store and registries, snapshot, translation, push,
 * acknowledgement. Holds the settings of it and the order in which its parts begin and end; does
 * nothing itself.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.manager.distribution;
