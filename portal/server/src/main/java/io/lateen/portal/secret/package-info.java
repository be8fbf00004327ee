/**
 * What must not be read by others: files for their owner's eyes alone, and sealing with a key that
 * is kept outside the database.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.portal.secret;
