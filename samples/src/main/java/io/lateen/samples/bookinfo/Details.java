package io.lateen.samples.bookinfo;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The service that knows a book: {@code GET /details/{id}}. */
final class Details implements Endpoint {

    private final Instance instance;

    Details(Instance instance) {
        this.instance = instance;
    }

    @Override
    public Answer answer(Call call) {
        Optional<String> id = call.pathAfter("/details/");
        if (id.isEmpty()) {
            return Answer.notFound(call);
        }
        if (!call.isGet()) {
            return Answer.methodNotAllowed(call, "GET");
        }
        return Catalogue.number(id.get())
                .map(number -> Answer.json(200, document(number)))
                .orElseGet(() -> Catalogue.badNumber(id.get()));
    }

    private Map<String, Object> document(int id) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("id", id);
        details.put("author", "William Shakespeare");
        details.put("year", 1595);
        details.put("type", "paperback");
        details.put("pages", 200);
        details.put("publisher", "PublisherA");
        details.put("language", "English");
        details.put("ISBN-10", "1234567890");
        details.put("ISBN-13", "123-1234567890");
        details.put("podname", instance.pod());
        details.put("clustername", instance.cluster());
        details.put("version", instance.version());
        return details;
    }
}
