/**
 * PostgreSQL for the portal: the pool, the migrations of its own schema, and where blocking calls
 * run. Wired here, used by every package that keeps something.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.portal.store;
