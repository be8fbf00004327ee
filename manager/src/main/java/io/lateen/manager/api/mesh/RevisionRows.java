package io.lateen.manager.api.mesh;

import io.lateen.manager.api.status.Refusal;
import io.lateen.manager.store.HistoryEntry;
import io.lateen.manager.store.HistoryRepository;
import io.lateen.manager.store.ResourceFeed;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Single revisions of the history, or why there is none. Blocking; thread-safe. */
public final class RevisionRows {
    private final HistoryRepository history;
    private final ResourceFeed feed;

    /** Reads a history. */
    public RevisionRows(HistoryRepository history, ResourceFeed feed) {
        this.history = history;
        this.feed = feed;
    }

    /** What a revision wrote; 404 for one that does not exist yet, 410 for one forgotten. */
    HistoryEntry at(long revision) {
        try {
            return history.findByRevision(revision).orElseThrow(() -> unknown(revision));
        } catch (DataAccessException | TransactionException e) {
            throw Refusal.unavailable(
                    "the history cannot be read: PostgreSQL does not answer; try again");
        }
    }

    Refusal unknown(long revision) {
        long head = feed.head();
        return revision > head
                ? Refusal.noSuchRevision(revision, head)
                : Refusal.expired(
                        "revision "
                                + revision
                                + " is no longer kept, or not yours to see; choose one of"
                                + " /lateen/v1/history");
    }
}
