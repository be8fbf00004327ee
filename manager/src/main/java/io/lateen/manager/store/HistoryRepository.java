package io.lateen.manager.store;

import java.util.List;
import java.util.Set;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Questions to the history. Blocking; each is a statement of its own. */
public interface HistoryRepository extends Repository<HistoryEntry, Long> {

    /** The entry of a revision, if it is still kept. */
    java.util.Optional<HistoryEntry> findByRevision(long revision);

    /**
     * The newest entries before a revision, newest first; an empty text stands for any.
     *
     * @param everywhere whether those of every namespace, or of {@code namespaces} alone
     * @param statuses whether writes of a status alone, too
     */
    @Query(
            """
            select h from HistoryEntry h
            where h.revision < :before
              and (:everywhere = true or h.namespace in :namespaces
                   or (h.apiGroup = '' and h.kind = 'Namespace' and h.name in :namespaces))
              and (:statuses = true or h.action <> io.lateen.manager.store.Action.STATUS)
              and (:group = '' or h.apiGroup = :group)
              and (:kind = '' or lower(h.kind) = lower(:kind))
              and (:namespace = '' or h.namespace = :namespace)
              and (:name = '' or h.name = :name)
            order by h.revision desc
            """)
    List<HistoryEntry> find(
            boolean everywhere,
            Set<String> namespaces,
            boolean statuses,
            String group,
            String kind,
            String namespace,
            String name,
            long before,
            Limit limit);
}
