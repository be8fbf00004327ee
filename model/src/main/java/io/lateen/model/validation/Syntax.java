package io.lateen.model.validation;

import com.google.re2j.PatternSyntaxException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How names, addresses and expressions are written. Nothing here asks a network. */
final class Syntax {

    static final String A_HOST =
            "a DNS name such as reviews.default.svc.cluster.local or *.example.com";
    static final String A_DNS_NAME = "a DNS name such as api.example.com, without a wildcard";
    static final String A_LABEL =
            "at most 63 letters, digits and dashes, a letter or digit at both ends";

    private static final String LABEL = "[a-zA-Z0-9](?:[-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?";
    private static final Pattern DNS_LABEL = Pattern.compile(LABEL);
    private static final Pattern DNS_NAME = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*\\.?");
    private static final Pattern LOWER_SUBDOMAIN =
            Pattern.compile(
                    "[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*");
    private static final Pattern WILDCARD_LABEL =
            Pattern.compile("\\*(?:-?[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?)?");
    private static final Pattern LABEL_VALUE =
            Pattern.compile("(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?");
    private static final Pattern LABEL_NAME =
            Pattern.compile("[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
    private static final Pattern HEADER_NAME = Pattern.compile("[-_A-Za-z0-9]+");
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7E]*");
    private static final Pattern PORT = Pattern.compile("[1-9]\\d{0,4}");
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_EXPRESSION = 1024;

    private Syntax() {}

    /** One part of a DNS name. */
    static boolean isDnsLabel(String text) {
        return DNS_LABEL.matcher(text).matches();
    }

    /** A name of Kubernetes: lower-case DNS labels with dots between. */
    static boolean isResourceName(String text) {
        return text.length() <= 253 && LOWER_SUBDOMAIN.matcher(text).matches();
    }

    /** A DNS name, short or full, that stands for itself alone. */
    static boolean isDnsName(String text) {
        return text.length() <= LONGEST_NAME
                && DNS_NAME.matcher(text).matches()
                && !isNumeric(lastLabel(text));
    }

    /** A DNS name, or one whose first label is or begins with a wildcard. */
    static boolean isHost(String text) {
        if (!text.startsWith("*")) {
            return isDnsName(text);
        }
        int dot = text.indexOf('.');
        String first = dot < 0 ? text : text.substring(0, dot);
        return text.length() <= LONGEST_NAME
                && WILDCARD_LABEL.matcher(first).matches()
                && (dot < 0 || isDnsName(text.substring(dot + 1)));
    }

    private static String lastLabel(String name) {
        String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        return bare.substring(bare.lastIndexOf('.') + 1);
    }

    private static boolean isNumeric(String text) {
        return text.chars().allMatch(Character::isDigit);
    }

    /** An IPv4 or IPv6 address. */
    static boolean isAddress(String text) {
        return address(text) != null;
    }

    /** An address, or a range of them as {@code 10.0.0.0/8}. */
    static boolean isAddressOrRange(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return isAddress(text);
        }
        InetAddress address = address(text.substring(0, slash));
        String bits = text.substring(slash + 1);
        if (address == null || bits.isEmpty() || bits.length() > 3 || !isNumeric(bits)) {
            return false;
        }
        return switch (address) {
            case Inet4Address _ -> Integer.parseInt(bits) <= 32;
            case Inet6Address _ -> Integer.parseInt(bits) <= 128;
            default -> false;
        };
    }

    private static @Nullable InetAddress address(String text) {
        // Java also reads 10.1 and 1 as addresses, and brackets; resources know only the full
        // forms.
        boolean four = text.matches("\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
        boolean six = text.indexOf(':') >= 0 && text.matches("[0-9a-fA-F:.]+");
        if (!four && !six) {
            return null;
        }
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** A port's number as text: 1 to 65535. */
    static boolean isPort(String text) {
        return PORT.matcher(text).matches() && Integer.parseInt(text) <= 65_535;
    }

    /** The name of a header as rules may match it. */
    static boolean isHeaderName(String text) {
        return HEADER_NAME.matcher(text).matches();
    }

    /** A token of HTTP (RFC 9110 §5.6.2): what header and cookie names are made of. */
    static boolean isToken(String text) {
        return TOKEN.matcher(text).matches();
    }

    /** Visible ASCII: nothing that could end the line, or the request, that it is written into. */
    static boolean isVisible(String text) {
        return VISIBLE.matcher(text).matches();
    }

    /** The key of a label: a name, or a domain, a slash and a name. */
    static boolean isLabelKey(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return LABEL_NAME.matcher(text).matches();
        }
        return isResourceName(text.substring(0, slash))
                && LABEL_NAME.matcher(text.substring(slash + 1)).matches();
    }

    /** The value of a label; may be empty. */
    static boolean isLabelValue(String text) {
        return LABEL_VALUE.matcher(text).matches();
    }

    /** What is wrong with an RE2 expression; nothing if it compiles. */
    static Optional<String> faultOfExpression(String expression) {
        if (expression.isEmpty()) {
            return Optional.of("an empty expression");
        }
        if (expression.length() > LONGEST_EXPRESSION) {
            return Optional.of(expression.length() + " characters");
        }
        try {
            com.google.re2j.Pattern.compile(expression);
            return Optional.empty();
        } catch (PatternSyntaxException e) {
            return Optional.of("\"" + expression + "\" (" + e.getDescription() + ")");
        }
    }

    /** How many groups an RE2 expression has; -1 if it does not compile. */
    static int groupsOfExpression(String expression) {
        try {
            return com.google.re2j.Pattern.compile(expression).groupCount();
        } catch (PatternSyntaxException e) {
            return -1;
        }
    }
}
