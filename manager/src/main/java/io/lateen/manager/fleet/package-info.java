/**
 * Which proxies exist, at which manager, what they serve, how they are and what they have in force:
 * kept in PostgreSQL, so that every manager knows all of them.
 *
 * <p>{@link io.lateen.manager.fleet.Fleet} is the picture in memory: what the streams of this
 * manager say, laid over the rows that the other managers wrote. {@link
 * io.lateen.manager.fleet.FleetKeeper} brings the one to the database and the other back, on a
 * thread of its own. {@code registry} makes services of it, {@code programmed} answers what is in
 * force.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.manager.fleet;
