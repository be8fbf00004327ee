package io.lateen.samples.bookinfo;

/** How a version of reviews shows ratings: v1 not at all, v2 in black, v3 in red. */
enum Stars {
    NONE,
    BLACK,
    RED;

    static Stars of(String version) {
        return switch (version) {
            case "v1" -> NONE;
            case "v2" -> BLACK;
            case "v3" -> RED;
            default ->
                    throw new IllegalArgumentException(
                            "version of reviews: found '%s', expected v1, v2 or v3"
                                    .formatted(version));
        };
    }
}
