/**
 * The tokens that the manager keeps in its database, by their hash: every manager on it accepts
 * them. The rest of access is {@link io.lateen.access}'s.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.manager.access;
