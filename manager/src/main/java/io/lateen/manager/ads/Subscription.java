package io.lateen.manager.ads;

import io.lateen.manager.translate.XdsResource;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one client wants of one type, and what it is known to hold: the rules of subscription of the
 * xDS protocol, without a wire.
 *
 * <p>Not thread-safe: belongs to one {@link ProxySession}.
 */
final class Subscription {

    /** The name that stands for every resource of a type. */
    static final String EVERYTHING = "*";

    /** What an answer meant. */
    enum Answer {
        ACCEPTED,
        REJECTED,
        /** It answers a response that is no longer the last: nothing follows from it. */
        STALE
    }

    private boolean open;
    private boolean wildcard;
    private final Set<String> names = new HashSet<>();

    /** Names and versions that the client has accepted, or said that it holds. */
    private final Map<String, String> held = new HashMap<>();

    /** Names in a rejected response: the client may have taken some of them, or none. */
    private final Set<String> doubtful = new HashSet<>();

    /** Names just asked for: owed an answer even if held already, or missing. */
    private final Set<String> owed = new HashSet<>();

    private @Nullable Sent sent;
    private @Nullable Rejection rejection;

    /** Notes that the client has asked for the type, and whether it wants all of it. */
    void open(boolean everything) {
        open = true;
        wildcard = wildcard || everything;
    }

    /**
     * Adds names. A name that the client has already is owed again: "the server must still provide
     * those resources" (xDS protocol), for the client may have forgotten them.
     */
    void subscribe(Collection<String> more) {
        for (String name : more) {
            if (name.equals(EVERYTHING)) {
                wildcard = true;
            } else {
                names.add(name);
                owed.add(name);
            }
        }
    }

    /**
     * Takes names away. One that the wildcard still covers is owed, so that the client learns
     * whether it keeps it.
     */
    void unsubscribe(Collection<String> fewer) {
        for (String name : fewer) {
            if (name.equals(EVERYTHING)) {
                wildcard = false;
                held.keySet().retainAll(names);
                doubtful.retainAll(names);
                owed.retainAll(names);
            } else if (names.remove(name)) {
                forget(name);
                if (wildcard) {
                    owed.add(name);
                }
            }
        }
    }

    /** Sets the names to exactly {@code now}, as a state-of-the-world request does. */
    void replaceNames(Set<String> now) {
        Set<String> fewer = new HashSet<>(names);
        fewer.removeAll(now);
        if (wildcard && !now.contains(EVERYTHING)) {
            fewer.add(EVERYTHING);
        }
        Set<String> more = new HashSet<>(now);
        more.removeAll(names);
        names.addAll(now);
        names.remove(EVERYTHING);
        unsubscribe(fewer);
        subscribe(more);
    }

    /** Takes the client's word for what it holds: it comes from another stream, or manager. */
    void claim(String name, String version) {
        held.put(name, version);
        owed.remove(name);
    }

    boolean isOpen() {
        return open;
    }

    boolean isWildcard() {
        return wildcard;
    }

    boolean wants(String name) {
        return wildcard || names.contains(name);
    }

    /** What to send so that the client has all of {@code target} that it wants. */
    Difference additions(Map<String, XdsResource> target) {
        Map<String, XdsResource> changed = new LinkedHashMap<>();
        Set<String> missing = new HashSet<>();
        for (String name : wildcard ? target.keySet() : names) {
            XdsResource resource = target.get(name);
            if (resource != null && (owed.contains(name) || isNews(resource))) {
                changed.put(name, resource);
            }
        }
        for (String name : owed) {
            if (!target.containsKey(name)) {
                missing.add(name);
            }
        }
        return new Difference(changed, missing);
    }

    /** What to take away so that the client holds nothing that is not in {@code target}. */
    Difference removals(Map<String, XdsResource> target) {
        Set<String> removed = new HashSet<>();
        for (String name : held.keySet()) {
            if (!target.containsKey(name)) {
                removed.add(name);
            }
        }
        for (String name : doubtful) {
            if (wants(name) && !target.containsKey(name)) {
                removed.add(name);
            }
        }
        return new Difference(Map.of(), removed);
    }

    /** Notes that {@code difference} is on its way. */
    void sent(String nonce, Difference difference, Instant at) {
        sent = new Sent(nonce, difference.versions(), difference.removed(), at);
        owed.removeAll(difference.changed().keySet());
        owed.removeAll(difference.removed());
    }

    /** Takes in the client's agreement to the response {@code nonce}. */
    Answer accept(String nonce) {
        Sent answered = sent;
        if (answered == null || !answered.nonce().equals(nonce)) {
            return Answer.STALE;
        }
        sent = null;
        rejection = null;
        answered.versions().keySet().stream()
                .filter(this::wants)
                .forEach(name -> held.put(name, answered.versions().get(name)));
        held.keySet().removeAll(answered.removed());
        doubtful.removeAll(answered.versions().keySet());
        doubtful.removeAll(answered.removed());
        return Answer.ACCEPTED;
    }

    /** Takes in the client's refusal of the response {@code nonce}. */
    Answer reject(String nonce, String message, Instant now, Backoff backoff) {
        Sent refused = sent;
        if (refused == null || !refused.nonce().equals(nonce)) {
            return Answer.STALE;
        }
        int attempts = rejection == null ? 1 : rejection.attempts() + 1;
        Duration pause = backoff.after(attempts);
        sent = null;
        rejection = new Rejection(refused.versions(), message, now, attempts, now.plus(pause));
        doubtful.addAll(refused.versions().keySet());
        return Answer.REJECTED;
    }

    /** Forgets a refusal whose cause is gone: nothing that was refused is wanted any more. */
    void settle() {
        rejection = null;
    }

    @Nullable Sent sent() {
        return sent;
    }

    @Nullable Rejection rejection() {
        return rejection;
    }

    /** Names and versions that the client has accepted. */
    Map<String, String> held() {
        return Map.copyOf(held);
    }

    private boolean isNews(XdsResource resource) {
        return !resource.version().equals(held.get(resource.name()))
                || doubtful.contains(resource.name());
    }

    private void forget(String name) {
        held.remove(name);
        doubtful.remove(name);
        owed.remove(name);
    }
}
