package io.lateen.sidecar.credential;

import org.jspecify.annotations.Nullable;

/**
 * What a place held when it was last looked at.
 *
 * @param value the last good content; null where there never was any
 * @param fault what is wrong with the place now, and how to mend it; null for nothing
 */
public record Held<T>(@Nullable T value, @Nullable String fault) {

    static <T> Held<T> good(T value) {
        return new Held<>(value, null);
    }

    /** The same content, with what is wrong now. */
    Held<T> despite(String wrong) {
        return new Held<>(value, wrong);
    }
}
