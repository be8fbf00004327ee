/** Specifies {@code io.lateen.manager.programmed}. */
@org.jspecify.annotations.NullMarked
package io.lateen.manager.programmed;
