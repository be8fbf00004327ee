/**
 * Serves the page from the jar: hashed assets for good, {@code index.html} never kept and with the
 * request's nonce in it, the same for every path of the page's own router.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.portal.page;
