package io.lateen.manager.ads;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * A response on its way: the one of its type that the client has not answered yet.
 *
 * @param nonce what the answer has to name
 * @param versions names and versions of the resources in it
 * @param removed names that it takes away
 * @param at when it was sent
 */
record Sent(String nonce, Map<String, String> versions, Set<String> removed, Instant at) {

    Sent {
        versions = Map.copyOf(versions);
        removed = Set.copyOf(removed);
    }
}
