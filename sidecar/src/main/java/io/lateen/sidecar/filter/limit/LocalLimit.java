package io.lateen.sidecar.filter.limit;

import java.util.List;

/**
 * One limit: which requests, by what, and how many.
 *
 * @param parts what is asked of a request and what it is counted by; none is for every request
 * @param rate how many
 * @param requests how many at once, as a client is told
 * @param keyed whether each key has a bucket of its own
 */
public record LocalLimit(List<LimitPart> parts, Rate rate, long requests, boolean keyed) {

    public LocalLimit {
        parts = List.copyOf(parts);
    }
}
