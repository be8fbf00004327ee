package io.lateen.manager.api.patch;

import java.util.ArrayList;
import java.util.List;

/**
 * A JSON pointer (RFC 6901) in tokens.
 *
 * @param tokens unescaped; empty for the whole document
 */
record JsonPointer(List<String> tokens) {
    JsonPointer {
        tokens = List.copyOf(tokens);
    }

    static JsonPointer parse(String text) throws InapplicablePatch {
        if (text.isEmpty()) {
            return new JsonPointer(List.of());
        }
        if (text.charAt(0) != '/') {
            throw new InapplicablePatch(
                    "found the path '" + text + "', expected it to begin with /");
        }
        List<String> tokens = new ArrayList<>();
        for (String token : text.substring(1).split("/", -1)) {
            tokens.add(token.replace("~1", "/").replace("~0", "~"));
        }
        return new JsonPointer(tokens);
    }

    boolean isRoot() {
        return tokens.isEmpty();
    }

    JsonPointer parent() {
        return new JsonPointer(tokens.subList(0, tokens.size() - 1));
    }

    String last() {
        return tokens.getLast();
    }

    /** Whether this names something inside what the other names. */
    boolean isBelow(JsonPointer other) {
        return tokens.size() > other.tokens.size()
                && tokens.subList(0, other.tokens.size()).equals(other.tokens);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        tokens.forEach(
                token -> text.append('/').append(token.replace("~", "~0").replace("/", "~1")));
        return text.toString();
    }
}
