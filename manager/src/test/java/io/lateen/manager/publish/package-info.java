/** Specifies {@code io.lateen.manager.publish}. */
@org.jspecify.annotations.NullMarked
package io.lateen.manager.publish;
