/**
 * The programs behind the portal: where they are, whether they answer and since when, and reading
 * from them with the portal's own token. Used by what the page shows and by the relay.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.portal.backend;
