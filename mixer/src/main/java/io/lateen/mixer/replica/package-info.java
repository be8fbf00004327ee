/**
 * The mixers of one mesh as one: each says through PostgreSQL that it is alive, and every rule is
 * counted by one of them, whichever is asked. Membership is followed by a thread of its own; who
 * owns a rule is asked from gRPC's threads, and never waits.
 */
@NullMarked
package io.lateen.mixer.replica;

import org.jspecify.annotations.NullMarked;
