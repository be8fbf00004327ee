package io.lateen.manager.api.object;

import io.lateen.manager.api.http.Answer;
import io.lateen.manager.api.http.ApiRequest;
import io.lateen.manager.api.select.ContinueToken;
import io.lateen.manager.api.select.MalformedSelector;
import io.lateen.manager.api.status.Refusal;
import io.lateen.manager.store.Listing;
import io.lateen.manager.store.ObjectReader;
import io.lateen.manager.store.StoredObject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads one object, or a list of them, whole or page by page. */
final class ReadHandler {
    private static final String OLD =
            "PostgreSQL is away: this is what the manager knew last, and may be old";

    private final ObjectReader reader;
    private final Clock clock;

    ReadHandler(ObjectReader reader, Clock clock) {
        this.reader = reader;
        this.clock = clock;
    }

    ServerResponse get(ApiRequest request) {
        List<String> warnings = freshen(request);
        StoredObject object =
                reader.find(request.key()).orElseThrow(() -> Refusal.notFound(request.subject()));
        return Answer.object(request, 200, object, warnings, clock.instant());
    }

    ServerResponse list(ApiRequest request) {
        ApiRequest.Selection selection = request.selection();
        Optional<ContinueToken> from = continueToken(request);
        List<String> warnings = from.isPresent() ? List.of() : freshen(request);
        Listing listing = listing(request, from);
        List<StoredObject> selected =
                listing.objects().stream()
                        .filter(selection::matches)
                        .filter(object -> from.isEmpty() || isOnLaterPage(from.get(), object))
                        .toList();
        long limit = request.number("limit").filter(n -> n > 0).orElse(Long.MAX_VALUE);
        ObjectNode metadata = JsonNodeFactory.instance.objectNode();
        metadata.put("resourceVersion", Long.toString(listing.revision()));
        List<StoredObject> page = selected;
        if (selected.size() > limit) {
            page = selected.subList(0, (int) limit);
            StoredObject last = page.getLast();
            metadata.put(
                    "continue",
                    new ContinueToken(listing.revision(), last.key().namespace(), last.key().name())
                            .text());
            metadata.put("remainingItemCount", selected.size() - limit);
        }
        return Answer.list(request, page, metadata, warnings, clock.instant());
    }

    /**
     * Reads are current unless the client says that it does not mind ({@code resourceVersion=0}).
     */
    private List<String> freshen(ApiRequest request) {
        if (request.parameter("resourceVersion").equals("0") || reader.freshen()) {
            return List.of();
        }
        return List.of(OLD);
    }

    private Listing listing(ApiRequest request, Optional<ContinueToken> from) {
        if (from.isPresent()) {
            return at(from.get().revision(), request);
        }
        long wanted = request.number("resourceVersion").orElse(0L);
        if (wanted > reader.revision()) {
            throw Refusal.timeout(
                    "Too large resource version: found "
                            + wanted
                            + ", expected at most "
                            + reader.revision());
        }
        if (wanted > 0 && request.parameter("resourceVersionMatch").equals("Exact")) {
            return at(wanted, request);
        }
        return reader.list(request.type().type(), request.namespace());
    }

    private Listing at(long revision, ApiRequest request) {
        return reader.listAt(revision, request.type().type(), request.namespace())
                .orElseThrow(
                        () ->
                                Refusal.expired(
                                        "the list at resourceVersion "
                                                + revision
                                                + " is no longer kept; begin the list anew"));
    }

    private static boolean isOnLaterPage(ContinueToken from, StoredObject object) {
        return from.isBefore(object.key().namespace(), object.key().name());
    }

    private static Optional<ContinueToken> continueToken(ApiRequest request) {
        String text = request.parameter("continue");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(ContinueToken.parse(text));
        } catch (MalformedSelector e) {
            throw Refusal.badRequest(String.valueOf(e.getMessage()));
        }
    }
}
