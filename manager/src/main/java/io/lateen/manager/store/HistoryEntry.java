package io.lateen.manager.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.Immutable;

/**
 * One row of the history, read only. Fields are filled by JPA, which is why they are not final and
 * why their emptiness before is suppressed.
 */
@Entity
@Immutable
@Table(name = "history")
@SuppressWarnings("NullAway.Init") // filled by JPA before anybody sees it
public class HistoryEntry {
    @Id private long revision;

    @Column(name = "written_at")
    private Instant writtenAt;

    private String actor;
    private String request;

    @Enumerated(EnumType.STRING)
    private Action action;

    @Column(name = "api_group")
    private String apiGroup;

    private String kind;
    private String namespace;
    private String name;

    @ColumnTransformer(read = "object::text")
    private String object;

    /** For JPA. */
    protected HistoryEntry() {}

    /** The revision of the write. */
    public long revision() {
        return revision;
    }

    /** When it was written, by the clock of the manager that wrote it. */
    public Instant writtenAt() {
        return writtenAt;
    }

    /** Who wrote it. */
    public String actor() {
        return actor;
    }

    /** The id of the request that asked for it; empty if none did. */
    public String request() {
        return request;
    }

    /** What was done. */
    public Action action() {
        return action;
    }

    /** The object after it; before it, for a delete. */
    public StoredObject object() {
        var key = new ObjectKey(new ObjectType(apiGroup, kind), namespace, name);
        return ObjectJson.object(key, revision, ObjectJson.parse(object));
    }
}
