package io.lateen.manager.api.mesh;

import io.lateen.manager.api.http.Answer;
import io.lateen.manager.api.http.RequestBody;
import io.lateen.manager.api.object.CallersWrites;
import io.lateen.manager.api.object.Writes;
import io.lateen.manager.api.status.Cause;
import io.lateen.manager.api.status.Refusal;
import io.lateen.manager.api.status.Status;
import io.lateen.manager.api.status.Subject;
import io.lateen.manager.store.ObjectTransaction;
import io.lateen.manager.store.ResourceFeed;
import io.lateen.manager.store.StoredObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code POST /lateen/v1/apply}: every document of a file is in force afterwards, or none of them.
 * Each document is what its object is then, whole; objects that the file does not name stay.
 */
public final class ApplyHandler {
    private final CallersWrites writes;
    private final ResourceFeed feed;
    private final ApplyFile.Reader files;

    /** Applies by way of these writes. */
    public ApplyHandler(CallersWrites writes, ResourceFeed feed, ApplyFile.Reader files) {
        this.writes = writes;
        this.feed = feed;
        this.files = files;
    }

    /** Serves a request. */
    public ServerResponse apply(ServerRequest request) {
        // Before the parameters: what curl sends says it is a form, which they would be read from.
        RequestBody body = RequestBody.of(request);
        boolean dryRun = flag(request, "dryRun");
        String namespace = request.param("namespace").orElse("default");
        ApplyFile file = files.read(body.yamlDocuments(), namespace);
        if (!file.causes().isEmpty()) {
            throw new Refusal(
                    new Status(
                            422,
                            "Invalid",
                            "nothing of the file was applied: " + told(file.causes()),
                            Subject.NONE,
                            file.causes()));
        }
        List<Applied> applied =
                writes.run(request, dryRun, transaction -> apply(transaction, file));
        return Answer.json(answer(applied, file, dryRun));
    }

    private static List<Applied> apply(ObjectTransaction transaction, ApplyFile file) {
        // One statement for all; what follows reads from what it found.
        transaction.findAll(file.entries().stream().map(ApplyFile.Entry::key).toList());
        List<Applied> applied = new ArrayList<>();
        for (ApplyFile.Entry entry : file.entries()) {
            Optional<StoredObject> current = transaction.find(entry.key());
            StoredObject object =
                    current.map(
                                    before ->
                                            Writes.replace(
                                                    transaction,
                                                    entry.type(),
                                                    before,
                                                    entry.object()))
                            .orElseGet(
                                    () ->
                                            Writes.create(
                                                    transaction,
                                                    entry.type(),
                                                    entry.key(),
                                                    entry.object()));
            String action =
                    current.isEmpty()
                            ? "created"
                            : current.get().revision() == object.revision()
                                    ? "unchanged"
                                    : "configured";
            applied.add(new Applied(object, action));
        }
        return applied;
    }

    private ObjectNode answer(List<Applied> applied, ApplyFile file, boolean dryRun) {
        long written =
                applied.stream()
                        .filter(one -> !one.action().equals("unchanged"))
                        .mapToLong(one -> one.object().revision())
                        .max()
                        .orElse(0);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        // Where nothing was written, what is asked for is in force as soon as what is there is.
        answer.put("revision", written == 0 || dryRun ? feed.revision() : written);
        answer.put("dryRun", dryRun);
        ArrayNode results = answer.putArray("results");
        for (Applied one : applied) {
            results.addObject()
                    .put("kind", one.object().key().type().kind())
                    .put("namespace", one.object().key().namespace())
                    .put("name", one.object().key().name())
                    .put("action", one.action());
        }
        ArrayNode warnings = answer.putArray("warnings");
        file.warnings().forEach(warnings::add);
        return answer;
    }

    private static String told(List<Cause> causes) {
        Map<String, String> told = new LinkedHashMap<>();
        causes.forEach(cause -> told.put(cause.field() + ": " + cause.message(), ""));
        return String.join("; ", told.keySet());
    }

    private static boolean flag(ServerRequest request, String name) {
        return switch (request.param(name).orElse("false")) {
            case "true", "All" -> true;
            case "false" -> false;
            case String other ->
                    throw Refusal.badRequest(
                            name + ": found '" + other + "', expected true or false");
        };
    }

    private record Applied(StoredObject object, String action) {}
}
