/**
 * Snapshot × proxy → xDS resources, as {@code docs/reference/xds.md} says. Pure: the same input
 * gives the same bytes on every manager. The publishing loop calls it, from one thread or several.
 */
@NullMarked
package io.lateen.manager.translate;

import org.jspecify.annotations.NullMarked;
