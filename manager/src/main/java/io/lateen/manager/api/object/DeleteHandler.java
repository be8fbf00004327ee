package io.lateen.manager.api.object;

import io.lateen.access.Role;
import io.lateen.manager.api.document.IncomingObject;
import io.lateen.manager.api.http.Answer;
import io.lateen.manager.api.http.ApiRequest;
import io.lateen.manager.api.http.RequestBody;
import io.lateen.manager.api.status.Refusal;
import io.lateen.manager.store.ObjectTransaction;
import io.lateen.manager.store.ObjectType;
import io.lateen.manager.store.StoredObject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Deletes one object, or all that are selected. Nothing depends on others, so all go at once. */
final class DeleteHandler {
    private final CallersWrites writes;
    private final Clock clock;

    DeleteHandler(CallersWrites writes, Clock clock) {
        this.writes = writes;
        this.clock = clock;
    }

    ServerResponse delete(ApiRequest request) {
        Options options = options(request);
        StoredObject gone =
                run(
                        request,
                        options,
                        transaction ->
                                Writes.delete(
                                        transaction,
                                        request.type(),
                                        Writes.find(transaction, request.type(), request.key()),
                                        options.precondition()));
        return Answer.deleted(request, gone);
    }

    ServerResponse deleteCollection(ApiRequest request) {
        if (request.type().type().equals(ObjectType.NAMESPACE)) {
            throw Refusal.methodNotAllowed("namespaces are deleted one by one, by name");
        }
        // Where nothing is selected, nothing of what is deleted would ask.
        request.require(Role.OPERATOR);
        ApiRequest.Selection selection = request.selection();
        Options options = options(request);
        List<StoredObject> gone =
                run(
                        request,
                        options,
                        transaction ->
                                transaction
                                        .list(request.type().type(), request.namespace())
                                        .stream()
                                        .filter(selection::matches)
                                        .map(
                                                object ->
                                                        Writes.delete(
                                                                transaction,
                                                                request.type(),
                                                                object,
                                                                options.precondition()))
                                        .toList());
        ObjectNode metadata = JsonNodeFactory.instance.objectNode();
        gone.stream()
                .mapToLong(StoredObject::revision)
                .max()
                .ifPresent(last -> metadata.put("resourceVersion", Long.toString(last)));
        return Answer.list(request, gone, metadata, List.of(), clock.instant());
    }

    private <T> T run(ApiRequest request, Options options, Function<ObjectTransaction, T> work) {
        return writes.run(request.request(), options.dryRun(), work);
    }

    /** Reads {@code DeleteOptions}, in the body or as parameters. */
    private static Options options(ApiRequest request) {
        RequestBody body = RequestBody.of(request.request());
        if (body.isEmpty()) {
            return new Options(request.dryRun(), IncomingObject.Precondition.NONE);
        }
        ObjectNode options = body.object(RequestBody.Duplicates.REFUSED);
        JsonNode wanted = options.path("preconditions");
        boolean dryRun = request.dryRun();
        for (JsonNode value : options.path("dryRun")) {
            if (!value.asString("").equals("All")) {
                throw Refusal.badRequest("dryRun: found '" + value + "', expected All");
            }
            dryRun = true;
        }
        return new Options(
                dryRun,
                new IncomingObject.Precondition(
                        text(wanted, "uid"),
                        text(wanted, "resourceVersion").map(DeleteHandler::revision)));
    }

    private static Optional<String> text(JsonNode node, String field) {
        return Optional.of(node.path(field).asString("")).filter(text -> !text.isEmpty());
    }

    private static long revision(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw Refusal.badRequest(
                    "preconditions.resourceVersion: found '" + text + "', expected a number");
        }
    }

    private record Options(boolean dryRun, IncomingObject.Precondition precondition) {}
}
