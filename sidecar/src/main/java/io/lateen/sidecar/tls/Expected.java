package io.lateen.sidecar.tls;

import io.lateen.sidecar.route.ValueMatch;
import java.util.List;

/** Says whom a connection may be with. */
final class Expected {

    private static final int NAMED = 3;

    private Expected() {}

    static String text(List<ValueMatch> identities) {
        List<String> texts = identities.stream().map(Expected::text).toList();
        return String.join(" or ", texts.subList(0, Math.min(NAMED, texts.size())))
                + (texts.size() > NAMED ? " or " + (texts.size() - NAMED) + " more" : "");
    }

    private static String text(ValueMatch match) {
        return switch (match) {
            case ValueMatch.Exact(String wanted, _) -> wanted;
            case ValueMatch.Prefix(String wanted, _) -> wanted + "*";
            case ValueMatch.Suffix(String wanted, _) -> "*" + wanted;
            case ValueMatch.Contains(String wanted, _) -> "*" + wanted + "*";
            case ValueMatch.Regex(var pattern) -> "/" + pattern.pattern() + "/";
        };
    }
}
