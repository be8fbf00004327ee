/**
 * The root: made once, kept sealed in PostgreSQL, and what it signs. {@link
 * io.lateen.authca.authority.Authority} is safe for use by any thread and does not block.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.authca.authority;
