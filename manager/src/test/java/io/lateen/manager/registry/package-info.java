/** Specifies {@code io.lateen.manager.registry}. */
@org.jspecify.annotations.NullMarked
package io.lateen.manager.registry;
