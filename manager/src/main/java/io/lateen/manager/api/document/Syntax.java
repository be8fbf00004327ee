package io.lateen.manager.api.document;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The syntax of names, as Kubernetes checks it. Each check answers what is expected where the text
 * is not so.
 */
final class Syntax {
    private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    private static final Pattern DNS_SUBDOMAIN =
            Pattern.compile(DNS_LABEL.pattern() + "(\\." + DNS_LABEL.pattern() + ")*");
    private static final Pattern WORD =
            Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");

    private Syntax() {}

    /** The name of an object of most types: a DNS subdomain. */
    static Optional<String> objectName(String name) {
        return name.length() <= 253 && DNS_SUBDOMAIN.matcher(name).matches()
                ? Optional.empty()
                : Optional.of(
                        "a lowercase RFC 1123 subdomain: at most 253 of a-z, 0-9, '-' and '.',"
                                + " beginning and ending with a letter or digit");
    }

    /** The name of a namespace: a DNS label. */
    static Optional<String> namespaceName(String name) {
        return name.length() <= 63 && DNS_LABEL.matcher(name).matches()
                ? Optional.empty()
                : Optional.of(
                        "a lowercase RFC 1123 label: at most 63 of a-z, 0-9 and '-', beginning and"
                                + " ending with a letter or digit");
    }

    /** The key of a label or an annotation: {@code [prefix/]name}. */
    static Optional<String> qualifiedKey(String key) {
        int slash = key.indexOf('/');
        String prefix = slash < 0 ? "" : key.substring(0, slash);
        String name = key.substring(slash + 1);
        boolean prefixed = slash < 0 || objectName(prefix).isEmpty();
        return prefixed && WORD.matcher(name).matches()
                ? Optional.empty()
                : Optional.of(
                        "[prefix/]name, with a DNS subdomain as prefix and at most 63 of A-Z, a-z,"
                                + " 0-9, '-', '_' and '.' as name, beginning and ending with a"
                                + " letter or digit");
    }

    /** The value of a label. */
    static Optional<String> labelValue(String value) {
        return value.isEmpty() || WORD.matcher(value).matches()
                ? Optional.empty()
                : Optional.of(
                        "nothing, or at most 63 of A-Z, a-z, 0-9, '-', '_' and '.', beginning and"
                                + " ending with a letter or digit");
    }
}
