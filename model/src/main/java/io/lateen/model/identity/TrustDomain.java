package io.lateen.model.identity;

import java.util.regex.Pattern;

/**
 * Whose root vouches for an identity: the authority of a SPIFFE ID (SPIFFE ID §2.1).
 *
 * @param name lower-case letters, digits, dots, dashes and underscores; 1 to 255 characters
 */
public record TrustDomain(String name) {

    // Before the constant below, whose constructor needs it.
    private static final Pattern FORM = Pattern.compile("[a-z0-9._-]{1,255}");

    /** The one that a mesh has unless told otherwise. */
    public static final TrustDomain DEFAULT = new TrustDomain("cluster.local");

    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException if it is not of the form
     */
    public TrustDomain {
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    "trust domain: found '"
                            + name
                            + "', expected 1 to 255 lower-case letters, digits, '.', '-' or '_',"
                            + " such as cluster.local");
        }
    }

    static boolean isName(String text) {
        return FORM.matcher(text).matches();
    }

    @Override
    public String toString() {
        return name;
    }
}
