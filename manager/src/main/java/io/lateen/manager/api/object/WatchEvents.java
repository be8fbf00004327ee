package io.lateen.manager.api.object;

import io.lateen.manager.api.document.ObjectDocuments;
import io.lateen.manager.api.http.Answer;
import io.lateen.manager.api.http.ApiRequest;
import io.lateen.manager.api.http.Representation;
import io.lateen.manager.api.status.Status;
import io.lateen.manager.api.table.Tables;
import io.lateen.manager.store.Action;
import io.lateen.manager.store.Change;
import io.lateen.manager.store.Stamp;
import io.lateen.manager.store.StoredObject;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns changes into the events of one watch. A change that brings an object into the selection
 * adds it, one that takes it out deletes it, for this watcher. Confined to the watch's thread.
 */
final class WatchEvents {
    private final ApiRequest request;
    private final ApiRequest.Selection selection;
    private final Representation wanted;
    private final Clock clock;
    private boolean columnsSent;

    WatchEvents(ApiRequest request, Clock clock) {
        this.request = request;
        this.selection = request.selection();
        this.wanted = request.representation();
        this.clock = clock;
    }

    boolean selects(StoredObject object) {
        return selection.matches(object);
    }

    /** What a change means to this watcher; empty if nothing. */
    Optional<ObjectNode> of(Change change) {
        if (!change.after().key().type().equals(request.type().type())) {
            return Optional.empty();
        }
        StoredObject before = change.before();
        boolean was = before != null && selection.matches(before);
        boolean is = change.action() != Action.DELETED && selection.matches(change.after());
        if (is) {
            return Optional.of(event(was ? "MODIFIED" : "ADDED", change.after()));
        }
        return was ? Optional.of(event("DELETED", lastSeen(before, change))) : Optional.empty();
    }

    /** An object that was there when the watch began. */
    ObjectNode initial(StoredObject object) {
        return event("ADDED", object);
    }

    /** Says up to which revision the watcher has seen everything. */
    ObjectNode bookmark(long revision, boolean endOfInitialEvents) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        if (wanted.form() == Representation.Form.TABLE) {
            object = table();
        } else if (wanted.form() == Representation.Form.PARTIAL) {
            object.put("kind", "PartialObjectMetadata").put("apiVersion", "meta.k8s.io/v1");
        } else {
            object.put("kind", request.type().kind());
            object.put("apiVersion", request.type().apiVersion(request.version()));
        }
        ObjectNode metadata = object.putObject("metadata");
        metadata.put("resourceVersion", Long.toString(revision));
        metadata.putNull("creationTimestamp");
        if (endOfInitialEvents) {
            metadata.putObject("annotations").put("k8s.io/initial-events-end", "true");
        }
        return envelope("BOOKMARK", object);
    }

    /** Ends the watch. */
    static ObjectNode error(Status status) {
        return envelope("ERROR", status.json());
    }

    /** The object as the watcher knew it, at the revision at which it left. */
    private static StoredObject lastSeen(@Nullable StoredObject before, Change change) {
        if (before == null || change.action() == Action.DELETED) {
            return change.after();
        }
        Stamp was = before.stamp();
        var stamp =
                new Stamp(
                        was.uid(),
                        was.created(),
                        was.generation(),
                        change.revision(),
                        was.applied());
        return new StoredObject(before.key(), stamp, before.marks(), before.body());
    }

    private ObjectNode event(String type, StoredObject object) {
        ObjectNode json = ObjectDocuments.json(request.type(), request.version(), object);
        return envelope(
                type,
                switch (wanted.form()) {
                    case OBJECT -> json;
                    case PARTIAL -> Tables.partial(json);
                    case TABLE -> {
                        ObjectNode table = table();
                        table.withObject("metadata")
                                .put("resourceVersion", Long.toString(object.revision()));
                        table.withArray("rows")
                                .add(
                                        Tables.row(
                                                request.type(),
                                                json,
                                                Answer.included(request),
                                                clock.instant()));
                        yield table;
                    }
                });
    }

    /** The columns come with the first table only. */
    private ObjectNode table() {
        ObjectNode table = Tables.table(request.type(), !columnsSent);
        columnsSent = true;
        return table;
    }

    private static ObjectNode envelope(String type, ObjectNode object) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("type", type);
        event.set("object", object);
        return event;
    }
}
