package io.lateen.samples.bookinfo;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The books on offer: one. */
final class Catalogue {

    static final int FIRST = 0;
    static final String TITLE = "The Comedy of Errors";
    static final String DESCRIPTION =
            "Two pairs of twins, parted at sea as children and each unaware of the other, meet in"
                    + " one town on one day. Everybody is taken for somebody else, and every errand"
                    + " reaches the wrong address until the last scene: Shakespeare's shortest play,"
                    + " and a fair account of life without a service mesh.";

    private Catalogue() {}

    static Map<String, Object> product() {
        return Map.of("id", FIRST, "title", TITLE, "descriptionHtml", DESCRIPTION);
    }

    static List<Map<String, Object>> products() {
        return List.of(product());
    }

    /** The number that {@code text} is, if it is one. */
    static Optional<Integer> number(String text) {
        try {
            int number = Integer.parseInt(text);
            return number < 0 ? Optional.empty() : Optional.of(number);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    static Answer badNumber(String found) {
        return Answer.json(
                400,
                Map.of("error", "please give a numeric product id; found '%s'".formatted(found)));
    }
}
