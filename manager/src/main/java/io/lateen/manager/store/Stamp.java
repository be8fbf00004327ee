package io.lateen.manager.store;

import java.time.Instant;
import java.util.UUID;

/**
 * What the store itself says of an object.
 *
 * @param uid differs between two objects that had the same name one after the other
 * @param generation counts the changes of the spec, from 1
 * @param revision the revision that wrote this state
 * @param applied the last revision that changed more than the status: at most {@code revision}
 */
public record Stamp(UUID uid, Instant created, long generation, long revision, long applied) {}
