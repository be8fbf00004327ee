/** Names read and compared. */
@org.jspecify.annotations.NullMarked
package io.lateen.model.naming;
