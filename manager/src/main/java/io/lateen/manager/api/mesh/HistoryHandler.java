package io.lateen.manager.api.mesh;

import io.lateen.access.Caller;
import io.lateen.manager.api.document.ObjectDocuments;
import io.lateen.manager.api.http.Answer;
import io.lateen.manager.api.status.Refusal;
import io.lateen.manager.api.type.ApiCatalog;
import io.lateen.manager.api.type.ApiType;
import io.lateen.manager.store.HistoryEntry;
import io.lateen.manager.store.HistoryRepository;
import io.lateen.manager.store.StoredObject;
import java.util.Optional;
import java.util.Set;
import org.springframework.dao.DataAccessException;
import org.springframework.data.domain.Limit;
import org.springframework.transaction.TransactionException;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code GET /lateen/v1/history}: who wrote what, newest first. Parameters {@code group}, {@code
 * kind}, {@code namespace}, {@code name} narrow it down; {@code statuses=true} adds what the
 * manager wrote into statuses; {@code limit} (100, at most 1000) and {@code before} (a revision)
 * page through it.
 */
public final class HistoryHandler {
    private static final int USUAL = 100;
    private static final int MOST = 1000;

    private final HistoryRepository history;
    private final ApiCatalog catalog;

    /** Reads a history. */
    public HistoryHandler(HistoryRepository history, ApiCatalog catalog) {
        this.history = history;
        this.catalog = catalog;
    }

    /** Serves a request. */
    public ServerResponse history(ServerRequest request) {
        long limit = number(request, "limit", USUAL);
        if (limit < 1 || limit > MOST) {
            throw Refusal.badRequest("limit: found " + limit + ", expected 1 to " + MOST);
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("items");
        try {
            Optional<Set<String>> rooms = Caller.of(request.servletRequest()).readable();
            history.find(
                            rooms.isEmpty(),
                            rooms.orElse(Set.of("")),
                            request.param("statuses").orElse("").equals("true"),
                            request.param("group").orElse(""),
                            request.param("kind").orElse(""),
                            request.param("namespace").orElse(""),
                            request.param("name").orElse(""),
                            number(request, "before", Long.MAX_VALUE),
                            Limit.of((int) limit))
                    .forEach(entry -> items.add(item(entry)));
        } catch (DataAccessException | TransactionException e) {
            throw Refusal.unavailable(
                    "the history cannot be read: PostgreSQL does not answer; try again");
        }
        return Answer.json(answer);
    }

    private ObjectNode item(HistoryEntry entry) {
        StoredObject object = entry.object();
        ObjectNode item = JsonNodeFactory.instance.objectNode();
        item.put("revision", entry.revision());
        item.put("at", entry.writtenAt().toString());
        item.put("actor", entry.actor());
        item.put("action", entry.action().name());
        if (!entry.request().isEmpty()) {
            item.put("requestId", entry.request());
        }
        item.put("group", object.key().type().group());
        item.put("kind", object.key().type().kind());
        item.put("namespace", object.key().namespace());
        item.put("name", object.key().name());
        for (ApiType type : catalog.types()) {
            if (type.type().equals(object.key().type())) {
                item.set("object", ObjectDocuments.json(type, type.versions().getFirst(), object));
            }
        }
        return item;
    }

    private static long number(ServerRequest request, String name, long otherwise) {
        String text = request.param(name).orElse("");
        try {
            return text.isEmpty() ? otherwise : Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw Refusal.badRequest(name + ": found '" + text + "', expected a number");
        }
    }
}
