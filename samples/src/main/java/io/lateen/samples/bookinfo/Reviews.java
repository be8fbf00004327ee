package io.lateen.samples.bookinfo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The service that knows what readers say: {@code GET /reviews/{id}}. Version v1 shows no stars; v2
 * and v3 ask ratings for them and show them in black and in red.
 */
final class Reviews implements Endpoint {

    private static final Map<String, String> TEXTS = new LinkedHashMap<>();

    static {
        TEXTS.put(
                "Reviewer1",
                "A farce that runs like clockwork. Nobody on the stage knows where a message will"
                        + " arrive; everybody in the audience does.");
        TEXTS.put(
                "Reviewer2",
                "Short, loud and kind. One twin fewer would have been simpler to follow, and half"
                        + " as much fun.");
    }

    private final Instance instance;
    private final Stars stars;
    private final Backends backends;

    Reviews(Instance instance, Stars stars, Backends backends) {
        this.instance = instance;
        this.stars = stars;
        this.backends = backends;
    }

    @Override
    public Answer answer(Call call) {
        Optional<String> id = call.pathAfter("/reviews/");
        if (id.isEmpty()) {
            return Answer.notFound(call);
        }
        if (!call.isGet()) {
            return Answer.methodNotAllowed(call, "GET");
        }
        return Catalogue.number(id.get())
                .map(number -> Answer.json(200, document(number, call)))
                .orElseGet(() -> Catalogue.badNumber(id.get()));
    }

    private Map<String, Object> document(int id, Call call) {
        Map<String, Map<String, Object>> ratings =
                stars == Stars.NONE ? Map.of() : ratings(id, call);
        List<Map<String, Object>> reviews = new ArrayList<>();
        TEXTS.forEach(
                (reviewer, text) -> {
                    Map<String, Object> review = new LinkedHashMap<>();
                    review.put("reviewer", reviewer);
                    review.put("text", text);
                    if (ratings.containsKey(reviewer)) {
                        review.put("rating", ratings.get(reviewer));
                    }
                    reviews.add(review);
                });
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", Integer.toString(id));
        document.put("podname", instance.pod());
        document.put("clustername", instance.cluster());
        document.put("version", instance.version());
        document.put("reviews", reviews);
        return document;
    }

    /** The rating of each reviewer, or for each of them why there is none. */
    private Map<String, Map<String, Object>> ratings(int id, Call call) {
        Map<String, Map<String, Object>> ratings = new LinkedHashMap<>();
        switch (backends.get(Role.RATINGS, "/ratings/" + id, Forwarded.of(call))) {
            case Reply.Answered answered -> {
                if (answered.document().get("ratings") instanceof Map<?, ?> given) {
                    given.forEach((who, count) -> ratings.put(who.toString(), rating(count)));
                }
            }
            case Reply.Refused refused -> addToAll(ratings, Reply.explain(refused));
            case Reply.Unreached unreached -> addToAll(ratings, unreached.why());
        }
        return ratings;
    }

    private Map<String, Object> rating(Object count) {
        Map<String, Object> rating = new LinkedHashMap<>();
        rating.put("stars", count);
        rating.put("color", stars.name().toLowerCase(Locale.ROOT));
        return rating;
    }

    private static void addToAll(Map<String, Map<String, Object>> ratings, String why) {
        for (String reviewer : TEXTS.keySet()) {
            Map<String, Object> rating = new LinkedHashMap<>();
            rating.put("error", "Ratings service is currently unavailable");
            rating.put("reason", why);
            ratings.put(reviewer, rating);
        }
    }
}
