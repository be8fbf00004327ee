package io.lateen.access;

import java.util.Optional;

/** Knows opaque tokens. Called on the request's thread; may block. */
@FunctionalInterface
public interface TokenBook {
    /** A book without tokens. */
    TokenBook EMPTY = token -> Optional.empty();

    /** Whose token this is; empty when it is nobody's, or when nobody can say. */
    Optional<Caller> recognise(String token);
}
