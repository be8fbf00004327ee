package io.lateen.manager.translate.security;

import com.google.protobuf.UInt32Value;
import com.google.re2j.Pattern;
import io.envoyproxy.envoy.config.core.v3.CidrRange;
import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.type.matcher.v3.RegexMatcher;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;

/**
 * The values of policies: exact, {@code prefix*}, {@code *suffix}, or {@code *} for anything that
 * is there.
 */
final class Values {

    private static final String ANYTHING = ".+";

    private Values() {}

    /** A value of something that is there or empty. */
    static StringMatcher text(String value) {
        return text("", value, false);
    }

    static StringMatcher textInAnyCase(String value) {
        return text("", value, true);
    }

    /** A header: {@code *} asks only that it is there. */
    static HeaderMatcher header(String name, String value, boolean anyCase) {
        HeaderMatcher.Builder header = HeaderMatcher.newBuilder().setName(name);
        return value.equals("*")
                ? header.setPresentMatch(true).build()
                : header.setStringMatch(text("", value, anyCase)).build();
    }

    private static StringMatcher text(String before, String value, boolean anyCase) {
        StringMatcher.Builder matcher = StringMatcher.newBuilder();
        if (value.equals("*")) {
            return matcher.setSafeRegex(regex(ANYTHING)).build();
        }
        matcher.setIgnoreCase(anyCase);
        if (value.startsWith("*")) {
            return matcher.setSuffix(before + value.substring(1)).build();
        }
        if (value.endsWith("*")) {
            return matcher.setPrefix(before + value.substring(0, value.length() - 1)).build();
        }
        return matcher.setExact(before + value).build();
    }

    /** An identity, which a policy writes without its scheme. */
    static StringMatcher identity(String value) {
        String scheme = "spiffe://";
        if (value.startsWith("*") && value.length() > 1) {
            return StringMatcher.newBuilder()
                    .setSafeRegex(regex(scheme + ".*" + Pattern.quote(value.substring(1))))
                    .build();
        }
        return text(scheme, value, false);
    }

    /** An expression over a whole value. */
    static StringMatcher expression(String expression) {
        return StringMatcher.newBuilder().setSafeRegex(regex(expression)).build();
    }

    /** A value as an expression, in which a wildcard is what is given. */
    static String quoted(String value, String wildcard) {
        return Pattern.quote(value).replace("\\*", wildcard);
    }

    /** An address, or a range of them. */
    static CidrRange range(String written) {
        int slash = written.indexOf('/');
        String address = slash < 0 ? written : written.substring(0, slash);
        int whole = address.indexOf(':') < 0 ? 32 : 128;
        int length = slash < 0 ? whole : Integer.parseInt(written.substring(slash + 1));
        return CidrRange.newBuilder()
                .setAddressPrefix(address)
                .setPrefixLen(UInt32Value.of(length))
                .build();
    }

    private static RegexMatcher regex(String expression) {
        return RegexMatcher.newBuilder().setRegex(expression).build();
    }
}
