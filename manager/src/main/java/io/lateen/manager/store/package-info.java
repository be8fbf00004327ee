/**
 * The one truth: resources, their history and the revision counter in PostgreSQL, and a replica of
 * them in memory from which lists, watches and the snapshot are served.
 *
 * <p>Called by the REST API (virtual threads, blocking), by the publisher through {@link
 * io.lateen.manager.store.ResourceFeed}, and by whoever writes a status. One thread of its own
 * follows the database: {@link io.lateen.manager.store.RevisionListener}.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.manager.store;
