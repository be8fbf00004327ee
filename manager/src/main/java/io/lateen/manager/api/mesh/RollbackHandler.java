package io.lateen.manager.api.mesh;

import io.lateen.access.Caller;
import io.lateen.manager.api.document.DocumentReader;
import io.lateen.manager.api.document.IncomingObject;
import io.lateen.manager.api.document.ObjectDocuments;
import io.lateen.manager.api.http.Answer;
import io.lateen.manager.api.http.RequestBody;
import io.lateen.manager.api.http.Visibility;
import io.lateen.manager.api.object.CallersWrites;
import io.lateen.manager.api.object.Writes;
import io.lateen.manager.api.status.Cause;
import io.lateen.manager.api.status.Refusal;
import io.lateen.manager.api.type.ApiCatalog;
import io.lateen.manager.api.type.ApiType;
import io.lateen.manager.store.Action;
import io.lateen.manager.store.HistoryEntry;
import io.lateen.manager.store.ObjectKey;
import io.lateen.manager.store.ObjectTransaction;
import io.lateen.manager.store.ObjectType;
import io.lateen.manager.store.ResourceFeed;
import io.lateen.manager.store.StoredObject;
import io.lateen.model.codec.UnknownFields;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code POST /lateen/v1/rollback}: the object that a revision wrote is again what it was at that
 * revision; where the revision deleted it, it is gone. A write like any other, with a revision of
 * its own, checked by today's rules.
 */
public final class RollbackHandler {
    private final CallersWrites writes;
    private final RevisionRows history;
    private final ResourceFeed feed;
    private final ApiCatalog catalog;
    private final DocumentReader documents;

    /** Rolls back by a history. */
    public RollbackHandler(
            CallersWrites writes,
            RevisionRows history,
            ResourceFeed feed,
            ApiCatalog catalog,
            DocumentReader documents) {
        this.writes = writes;
        this.history = history;
        this.feed = feed;
        this.catalog = catalog;
        this.documents = documents;
    }

    /** Serves a request. */
    public ServerResponse rollback(ServerRequest request) {
        Wish wish = Wish.read(RequestBody.of(request).object(RequestBody.Duplicates.REFUSED));
        HistoryEntry entry = history.at(wish.revision());
        StoredObject then = entry.object();
        if (!Visibility.of(Caller.of(request.servletRequest()), then.key())) {
            // As if it were not there: whose it is says something already.
            throw history.unknown(wish.revision());
        }
        ApiType type = catalog.of(then.key().type());
        RolledBack result =
                writes.run(
                        request,
                        wish.dryRun(),
                        transaction -> {
                            Optional<StoredObject> now = transaction.find(then.key());
                            wish.requireUnchanged(type, then.key(), now);
                            return entry.action() == Action.DELETED
                                    ? remove(transaction, type, now)
                                    : restore(transaction, type, then, now);
                        });
        return Answer.json(answer(wish, type, then.key(), result));
    }

    private RolledBack restore(
            ObjectTransaction transaction,
            ApiType type,
            StoredObject then,
            Optional<StoredObject> now) {
        IncomingObject object = check(type, then);
        if (now.isPresent()) {
            StoredObject after = Writes.replace(transaction, type, now.get(), object);
            boolean same = after.revision() == now.get().revision();
            return new RolledBack(now.get(), after, same ? "unchanged" : "configured");
        }
        ObjectKey key = then.key();
        if (type.namespaced()
                && transaction.find(ObjectKey.ofNamespace(key.namespace())).isEmpty()) {
            throw Refusal.conflict(
                    type.subject(key.name()),
                    "its namespace " + key.namespace() + " is gone; create it first");
        }
        return new RolledBack(null, Writes.create(transaction, type, key, object), "created");
    }

    private static RolledBack remove(
            ObjectTransaction transaction, ApiType type, Optional<StoredObject> now) {
        if (now.isEmpty()) {
            return new RolledBack(null, null, "unchanged");
        }
        if (type.type().equals(ObjectType.NAMESPACE)) {
            throw Refusal.conflict(
                    type.subject(now.get().key().name()),
                    "it was deleted at that revision, and would go with everything in it; delete"
                            + " it by name if you mean that");
        }
        Writes.delete(transaction, type, now.get(), IncomingObject.Precondition.NONE);
        return new RolledBack(now.get(), null, "deleted");
    }

    /** What was accepted then may be refused today. */
    private IncomingObject check(ApiType type, StoredObject then) {
        ObjectNode document = ObjectDocuments.json(type, type.versions().getFirst(), then);
        ObjectNode metadata = document.withObject("/metadata");
        metadata.remove(List.of("uid", "resourceVersion", "managedFields"));
        return switch (documents.read(type, document, UnknownFields.REFUSED)) {
            case DocumentReader.Reading.Sound(IncomingObject sound) -> sound;
            case DocumentReader.Reading.Faulty(String name, List<Cause> causes) ->
                    throw Refusal.invalid(type.qualifiedKind(), type.subject(name), causes);
        };
    }

    private ObjectNode answer(Wish wish, ApiType type, ObjectKey key, RolledBack result) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        StoredObject after = result.after();
        boolean written = !wish.dryRun() && !result.action().equals("unchanged");
        answer.put("revision", written && after != null ? after.revision() : feed.revision());
        answer.put("dryRun", wish.dryRun());
        answer.putArray("results")
                .addObject()
                .put("group", key.type().group())
                .put("kind", key.type().kind())
                .put("namespace", key.namespace())
                .put("name", key.name())
                .put("action", result.action());
        answer.set("before", json(type, result.before()));
        answer.set("object", json(type, after));
        return answer;
    }

    private static JsonNode json(ApiType type, @Nullable StoredObject object) {
        return object == null
                ? JsonNodeFactory.instance.nullNode()
                : ObjectDocuments.json(type, type.versions().getFirst(), object);
    }

    /**
     * What came of it.
     *
     * @param before null where there was nothing
     * @param after null where there is nothing now
     */
    private record RolledBack(
            @Nullable StoredObject before, @Nullable StoredObject after, String action) {}

    /**
     * What is asked for.
     *
     * @param resourceVersion the state that the caller has seen; empty if it does not say
     */
    private record Wish(long revision, boolean dryRun, String resourceVersion) {

        static Wish read(ObjectNode body) {
            for (String field : body.propertyNames()) {
                if (!List.of("revision", "dryRun", "resourceVersion").contains(field)) {
                    throw Refusal.badRequest(
                            field + ": unknown, expected revision, dryRun, resourceVersion");
                }
            }
            JsonNode revision = body.path("revision");
            if (!revision.isIntegralNumber() || revision.asLong() < 1) {
                throw Refusal.badRequest(
                        "revision: found " + revision + ", expected a number from 1");
            }
            JsonNode dryRun = body.path("dryRun");
            if (!dryRun.isMissingNode() && !dryRun.isBoolean()) {
                throw Refusal.badRequest("dryRun: found " + dryRun + ", expected true or false");
            }
            return new Wish(
                    revision.asLong(),
                    dryRun.asBoolean(false),
                    body.path("resourceVersion").asString(""));
        }

        void requireUnchanged(ApiType type, ObjectKey key, Optional<StoredObject> now) {
            String current = now.map(object -> Long.toString(object.revision())).orElse("");
            if (!resourceVersion.isEmpty() && !resourceVersion.equals(current)) {
                throw Refusal.conflict(
                        type.subject(key.name()),
                        "found resourceVersion "
                                + (current.isEmpty() ? "none, for it is gone" : current)
                                + ", expected "
                                + resourceVersion
                                + "; look at it again");
            }
        }
    }
}
