package io.lateen.samples.bookinfo;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The service that knows how many stars each reviewer gave: {@code GET /ratings/{id}}. */
final class Ratings implements Endpoint {

    private final Instance instance;

    Ratings(Instance instance) {
        this.instance = instance;
    }

    @Override
    public Answer answer(Call call) {
        Optional<String> id = call.pathAfter("/ratings/");
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
        Map<String, Object> stars = new LinkedHashMap<>();
        stars.put("Reviewer1", 5);
        stars.put("Reviewer2", 4);
        Map<String, Object> ratings = new LinkedHashMap<>();
        ratings.put("id", id);
        ratings.put("ratings", stars);
        ratings.put("podname", instance.pod());
        ratings.put("clustername", instance.cluster());
        ratings.put("version", instance.version());
        return ratings;
    }
}
