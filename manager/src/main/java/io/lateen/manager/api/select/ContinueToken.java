package io.lateen.manager.api.select;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Where the next page of a list begins. Opaque to clients.
 *
 * @param revision at which the first page was read, and so are all others
 * @param namespace of the last object of the page before
 * @param name of the last object of the page before
 */
public record ContinueToken(long revision, String namespace, String name) {

    /** Reads what {@link #text} wrote. */
    public static ContinueToken parse(String text) throws MalformedSelector {
        try {
            String[] parts =
                    new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8)
                            .split("/", -1);
            if (parts.length == 3) {
                return new ContinueToken(Long.parseLong(parts[0]), parts[1], parts[2]);
            }
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
        throw malformed();
    }

    /** As clients carry it. */
    public String text() {
        byte[] bytes = (revision + "/" + namespace + "/" + name).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Whether an object comes after the page before. */
    public boolean isBefore(String otherNamespace, String otherName) {
        int byNamespace = otherNamespace.compareTo(namespace);
        return byNamespace > 0 || (byNamespace == 0 && otherName.compareTo(name) > 0);
    }

    private static MalformedSelector malformed() {
        return new MalformedSelector(
                "continue: found a token that is none of ours; take it as it was in the answer"
                        + " before");
    }
}
