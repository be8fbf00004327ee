package io.lateen.manager.api.object;

import io.lateen.manager.api.document.DocumentReader;
import io.lateen.manager.api.document.IncomingObject;
import io.lateen.manager.api.http.Answer;
import io.lateen.manager.api.http.ApiRequest;
import io.lateen.manager.api.http.RequestBody;
import io.lateen.manager.api.status.Cause;
import io.lateen.manager.api.status.Refusal;
import io.lateen.manager.api.type.ApiType;
import io.lateen.manager.store.ObjectKey;
import io.lateen.manager.store.ObjectTransaction;
import io.lateen.manager.store.StoredObject;
import io.lateen.model.codec.UnknownFields;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.node.ObjectNode;

/** Creates, replaces and patches one object. */
final class WriteHandler {
    private final CallersWrites writes;
    private final DocumentReader documents;
    private final Clock clock;

    WriteHandler(CallersWrites writes, DocumentReader documents, Clock clock) {
        this.writes = writes;
        this.documents = documents;
        this.clock = clock;
    }

    ServerResponse create(ApiRequest request) {
        UnknownFields unknown = request.unknownFields();
        ObjectNode document = body(request, unknown);
        IncomingObject object = check(request, document, unknown);
        if (object.precondition().revision().isPresent()) {
            throw Refusal.badRequest("resourceVersion should not be set on objects to be created");
        }
        if (request.type().namespaced() && request.namespace().isEmpty()) {
            throw Refusal.methodNotAllowed(
                    "found no namespace in the path; create at"
                            + " …/namespaces/<namespace>/"
                            + request.type().names().plural());
        }
        var key = new ObjectKey(request.type().type(), request.namespace(), object.name());
        StoredObject created =
                run(
                        request,
                        transaction -> Writes.create(transaction, request.type(), key, object));
        return Answer.object(request, 201, created, object.warnings(), clock.instant());
    }

    ServerResponse replace(ApiRequest request) {
        UnknownFields unknown = request.unknownFields();
        IncomingObject object = check(request, body(request, unknown), unknown);
        requireName(request, object);
        if (object.precondition().revision().isEmpty()) {
            throw Refusal.invalid(
                    request.type().qualifiedKind(),
                    request.subject(),
                    List.of(
                            Cause.invalid(
                                    "metadata.resourceVersion",
                                    "found nothing, expected the version that was read; it must be"
                                            + " specified for an update")));
        }
        StoredObject replaced =
                run(
                        request,
                        transaction ->
                                Writes.replace(
                                        transaction,
                                        request.type(),
                                        Writes.find(transaction, request.type(), request.key()),
                                        object));
        return Answer.object(request, 200, replaced, object.warnings(), clock.instant());
    }

    ServerResponse patch(ApiRequest request) {
        UnknownFields unknown = request.unknownFields();
        PatchKind patch = PatchKind.of(RequestBody.of(request.request()), request);
        return run(
                request,
                transaction -> {
                    ApiType type = request.type();
                    StoredObject current = Writes.find(transaction, type, request.key());
                    ObjectNode patched = patch.apply(type, request.version(), current);
                    IncomingObject object = check(request, patched, unknown);
                    requireName(request, object);
                    StoredObject result = Writes.replace(transaction, type, current, object);
                    return Answer.object(request, 200, result, object.warnings(), clock.instant());
                });
    }

    private <T> T run(ApiRequest request, Function<ObjectTransaction, T> work) {
        return writes.run(request.request(), request.dryRun(), work);
    }

    private static ObjectNode body(ApiRequest request, UnknownFields unknown) {
        RequestBody.Duplicates duplicates =
                unknown == UnknownFields.REFUSED
                        ? RequestBody.Duplicates.REFUSED
                        : RequestBody.Duplicates.LAST_WINS;
        return RequestBody.of(request.request()).object(duplicates);
    }

    /** Checks a document against the path that it came by, and against its type. */
    private IncomingObject check(ApiRequest request, ObjectNode document, UnknownFields unknown) {
        requireType(request, document);
        IncomingObject object =
                switch (documents.read(request.type(), document, unknown)) {
                    case DocumentReader.Reading.Sound(IncomingObject sound) -> sound;
                    case DocumentReader.Reading.Faulty(String name, List<Cause> causes) ->
                            throw Refusal.invalid(
                                    request.type().qualifiedKind(),
                                    request.type().subject(name),
                                    causes);
                };
        if (!object.namespace().isEmpty() && !object.namespace().equals(request.namespace())) {
            throw Refusal.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the"
                            + " request: found '"
                            + object.namespace()
                            + "', expected '"
                            + request.namespace()
                            + "'");
        }
        return object;
    }

    private static void requireType(ApiRequest request, ObjectNode document) {
        String apiVersion = document.path("apiVersion").asString("");
        String expected = request.type().apiVersion(request.version());
        String kind = document.path("kind").asString("");
        if (!apiVersion.equals(expected) || !kind.equals(request.type().kind())) {
            throw Refusal.badRequest(
                    "apiVersion and kind: found '"
                            + apiVersion
                            + "' and '"
                            + kind
                            + "', expected '"
                            + expected
                            + "' and '"
                            + request.type().kind()
                            + "' at this path");
        }
    }

    private static void requireName(ApiRequest request, IncomingObject object) {
        if (!object.name().equals(request.name())) {
            throw Refusal.badRequest(
                    "the name of the object ("
                            + object.name()
                            + ") does not match the name on the URL ("
                            + request.name()
                            + ")");
        }
    }
}
