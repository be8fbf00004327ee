package io.lateen.mixer.replica;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Who counts what: for every rule all living mixers in an order of the rule's own, so that the
 * first counts it, the second takes over when the first is gone, and nothing else changes place
 * (rendezvous hashing). Written by one thread, read by any.
 */
public final class Members {

    private volatile List<Replica> living = List.of();
    private volatile Consumer<List<Replica>> follower = _ -> {};

    /**
     * Tells {@code follower} of every change from now on, on the thread that follows membership.
     */
    public void follow(Consumer<List<Replica>> follower) {
        this.follower = follower;
    }

    void are(List<Replica> now) {
        boolean changed = !Set.copyOf(now).equals(Set.copyOf(living));
        living = List.copyOf(now);
        if (changed) {
            follower.accept(living);
        }
    }

    /**
     * The mixers in the order of a rule; none while none is known, this one included.
     *
     * @param rule {@code default/reviews}
     */
    public List<Replica> inOrderOf(String rule) {
        List<Replica> now = living;
        if (now.size() < 2) {
            return now;
        }
        return now.stream()
                .sorted(
                        Comparator.comparingLong((Replica each) -> weight(rule, each.id()))
                                .thenComparing(Replica::id)
                                .reversed())
                .toList();
    }

    /** How many there are. */
    public int count() {
        return living.size();
    }

    /** FNV-1a over both, mixed once more: neighbours among names are to lie far apart. */
    private static long weight(String rule, UUID replica) {
        long hash = 0xcbf29ce484222325L ^ replica.getMostSignificantBits();
        hash = 31 * hash + replica.getLeastSignificantBits();
        for (byte each : rule.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ each) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        return hash ^ (hash >>> 33);
    }
}
