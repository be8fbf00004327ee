package io.lateen.manager.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The statements of a write. Each works on a set, handed over as one jsonb array, so that a file of
 * a thousand documents costs as many round trips as one document. Stateless.
 */
final class ChangeStatements {
    private static final String OBJECT =
            """
            select r.api_group, r.kind, r.namespace, r.name, r.revision,
                   jsonb_build_object('uid', r.uid, 'created', r.created, 'generation', r.generation,
                                      'applied', r.applied, 'labels', r.labels, 'annotations', r.annotations,
                                      'managed_fields', r.managed_fields, 'spec', r.spec,
                                      'status', r.status)::text as object
            from resource r
            """;
    private static final String KEYS =
            " jsonb_to_recordset(:keys::jsonb)"
                    + " as k(api_group text, kind text, namespace text, name text) ";
    private static final RowMapper<StoredObject> ROW = ChangeStatements::object;

    private final JdbcClient jdbc;

    ChangeStatements(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Locks the counter until the transaction ends, and reads it. */
    long lockRevision() {
        return jdbc.sql("select value from revision for update").query(Long.class).single();
    }

    Map<ObjectKey, StoredObject> find(Collection<ObjectKey> keys) {
        if (keys.isEmpty()) {
            return Map.of();
        }
        Map<ObjectKey, StoredObject> found = new LinkedHashMap<>();
        jdbc.sql(OBJECT + "join" + KEYS + "using (api_group, kind, namespace, name)")
                .param("keys", keysJson(keys))
                .query(ROW)
                .list()
                .forEach(object -> found.put(object.key(), object));
        return found;
    }

    List<StoredObject> list(ObjectType type, String namespace) {
        return jdbc.sql(
                        OBJECT
                                + "where api_group = :group and kind = :kind"
                                + " and (:namespace = '' or namespace = :namespace)")
                .param("group", type.group())
                .param("kind", type.kind())
                .param("namespace", namespace)
                .query(ROW)
                .list();
    }

    List<StoredObject> inNamespace(String namespace) {
        return jdbc.sql(OBJECT + "where namespace = :namespace")
                .param("namespace", namespace)
                .query(ROW)
                .list();
    }

    List<StoredObject> all() {
        return jdbc.sql(OBJECT).query(ROW).list();
    }

    /** Writes what changed: the objects' last states, the history, the counter, the call. */
    void write(List<Change> changes, Author author, Instant when) {
        if (changes.isEmpty()) {
            return;
        }
        Map<ObjectKey, Change> last = new LinkedHashMap<>();
        changes.forEach(change -> last.put(change.after().key(), change));
        upsert(last.values().stream().flatMap(change -> change.left().stream()).toList());
        delete(
                last.values().stream()
                        .filter(change -> change.action() == Action.DELETED)
                        .map(change -> change.after().key())
                        .toList());
        record(changes, author, when);
        long revision = changes.getLast().revision();
        jdbc.sql("update revision set value = :revision").param("revision", revision).update();
        jdbc.sql("select pg_notify('" + RevisionListener.CHANNEL + "', :revision::text)")
                .param("revision", revision)
                .query((row, number) -> number)
                .single();
    }

    private void upsert(List<StoredObject> objects) {
        if (objects.isEmpty()) {
            return;
        }
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        objects.forEach(object -> rows.add(ObjectJson.row(object)));
        jdbc.sql(
                        """
                        insert into resource
                            (api_group, kind, namespace, name, uid, created, generation, revision,
                             applied, labels, annotations, managed_fields, spec, status)
                        select api_group, kind, namespace, name, uid, created, generation, revision,
                               applied, labels, annotations, managed_fields, spec, status
                        from jsonb_to_recordset(:rows::jsonb) as r
                            (api_group text, kind text, namespace text, name text, uid uuid,
                             created timestamptz, generation bigint, revision bigint,
                             applied bigint, labels jsonb, annotations jsonb, managed_fields jsonb, spec jsonb, status jsonb)
                        on conflict (api_group, kind, namespace, name) do update set
                            uid = excluded.uid, created = excluded.created,
                            generation = excluded.generation, revision = excluded.revision,
                            applied = excluded.applied,
                            labels = excluded.labels, annotations = excluded.annotations,
                            managed_fields = excluded.managed_fields, spec = excluded.spec,
                            status = excluded.status
                        """)
                .param("rows", ObjectJson.text(rows))
                .update();
    }

    private void delete(List<ObjectKey> keys) {
        if (keys.isEmpty()) {
            return;
        }
        jdbc.sql(
                        "delete from resource r using"
                                + KEYS
                                + "where (r.api_group, r.kind, r.namespace, r.name)"
                                + " = (k.api_group, k.kind, k.namespace, k.name)")
                .param("keys", keysJson(keys))
                .update();
    }

    private void record(List<Change> changes, Author author, Instant when) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        for (Change change : changes) {
            ObjectNode row = keyJson(change.after().key());
            row.put("revision", change.revision());
            row.put("action", change.action().name());
            row.set("object", ObjectJson.content(change.after()));
            rows.add(row);
        }
        jdbc.sql(
                        """
                        insert into history
                            (revision, written_at, actor, request, action, api_group, kind, namespace,
                             name, object)
                        select revision, :when::timestamptz, :actor, :request, action, api_group, kind,
                               namespace, name, object
                        from jsonb_to_recordset(:rows::jsonb) as r
                            (revision bigint, action text, api_group text, kind text,
                             namespace text, name text, object jsonb)
                        """)
                .param("when", when.toString())
                .param("actor", author.actor())
                .param("request", author.request())
                .param("rows", ObjectJson.text(rows))
                .update();
    }

    private static String keysJson(Collection<ObjectKey> keys) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        keys.forEach(key -> rows.add(keyJson(key)));
        return ObjectJson.text(rows);
    }

    private static ObjectNode keyJson(ObjectKey key) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("api_group", key.type().group());
        node.put("kind", key.type().kind());
        node.put("namespace", key.namespace());
        node.put("name", key.name());
        return node;
    }

    static StoredObject object(ResultSet row, int number) throws SQLException {
        return ObjectJson.object(
                key(row), row.getLong("revision"), ObjectJson.parse(row.getString("object")));
    }

    static ObjectKey key(ResultSet row) throws SQLException {
        var type = new ObjectType(row.getString("api_group"), row.getString("kind"));
        return new ObjectKey(type, row.getString("namespace"), row.getString("name"));
    }
}
