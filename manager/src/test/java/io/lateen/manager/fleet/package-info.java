/** Specifies {@code io.lateen.manager.fleet}. */
@org.jspecify.annotations.NullMarked
package io.lateen.manager.fleet;
