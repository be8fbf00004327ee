package io.lateen.manager.ads;

import io.lateen.manager.snapshot.Proxy;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Answers sidecars that leave and ask whether everybody knows: when each other stream has
 * acknowledged endpoints without theirs. Thread-safe.
 */
final class Withdrawals {

    private final Withdrawn withdrawn;
    private final Set<ProxySession> sessions;
    private final Map<ProxySession, Proxy> leaving = new ConcurrentHashMap<>();

    /**
     * @param sessions all that there are, at any time
     */
    Withdrawals(Withdrawn withdrawn, Set<ProxySession> sessions) {
        this.withdrawn = withdrawn;
        this.sessions = sessions;
    }

    /** {@code session}, beside {@code proxy}, wants to be told. */
    void ask(ProxySession session, Proxy proxy) {
        leaving.put(session, proxy);
        look();
    }

    /** It does not any more. */
    void forget(ProxySession session) {
        leaving.remove(session);
        look();
    }

    /** Somebody got further. */
    void look() {
        // Nearly always there is nobody: this is called for every answer of every proxy.
        if (!leaving.isEmpty()) {
            leaving.forEach(this::look);
        }
    }

    private void look(ProxySession session, Proxy proxy) {
        OptionalLong since = withdrawn.since(proxy);
        if (since.isPresent()
                && sessions.stream()
                        .filter(Predicate.not(session::equals))
                        .allMatch(other -> other.knows(since.getAsLong()))
                && leaving.remove(session, proxy)) {
            session.sayWithdrawn();
        }
    }
}
