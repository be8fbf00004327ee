package io.lateen.portal.events;

import java.time.Instant;

/** An event with its number in the channel. */
record Stamped(long number, Instant at, MeshEvent event) {}
