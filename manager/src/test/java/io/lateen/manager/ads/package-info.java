/** Specifies {@code io.lateen.manager.ads}. */
@org.jspecify.annotations.NullMarked
package io.lateen.manager.ads;
