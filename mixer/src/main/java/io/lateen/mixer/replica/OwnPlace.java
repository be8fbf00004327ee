package io.lateen.mixer.replica;

import java.util.Optional;

/** Where other mixers reach this one. */
@FunctionalInterface
public interface OwnPlace {

    /** This mixer, once it listens; empty where others cannot reach it, so that it counts alone. */
    Optional<Replica> now();
}
