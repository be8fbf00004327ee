package io.lateen.manager.translate.route;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.config.route.v3.QueryParameterMatcher;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.type.matcher.v3.RegexMatcher;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import io.lateen.manager.translate.envoy.Words;
import io.lateen.model.match.StringMatch;
import io.lateen.model.resource.HttpMatch;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Matches of a rule as Envoy writes them. */
final class Matchers {

    /** A match on a claim of a verified token instead of a header. */
    private static final String CLAIMS = "@request.auth.claims";

    private static final String EVERYTHING = "/";

    private Matchers() {}

    /** The match that fits every request. */
    static RouteMatch everything() {
        return RouteMatch.newBuilder().setPrefix(EVERYTHING).build();
    }

    /** Why a match cannot be written; nothing if it can. */
    static Optional<String> refusal(HttpMatch match) {
        if (Stream.concat(
                        match.headers().keySet().stream(), match.withoutHeaders().keySet().stream())
                .anyMatch(name -> name.startsWith(CLAIMS))) {
            return Optional.of(
                    "found a match on "
                            + CLAIMS
                            + ", which is not supported yet: this match fits no request; match on a"
                            + " header instead");
        }
        return Stream.of(
                        Stream.of(match.uri(), match.scheme(), match.method(), match.authority()),
                        match.headers().values().stream(),
                        match.withoutHeaders().values().stream(),
                        match.queryParams().values().stream())
                .flatMap(values -> values)
                .flatMap(Stream::ofNullable)
                .flatMap(value -> brokenExpression(value).stream())
                .findFirst();
    }

    /** Why a string match cannot be written; nothing if it can. */
    private static Optional<String> brokenExpression(StringMatch match) {
        return match instanceof StringMatch.Regex(String expression)
                ? brokenExpression(expression)
                : Optional.empty();
    }

    /** Why an expression cannot be used; nothing if it can. */
    static Optional<String> brokenExpression(String expression) {
        try {
            Pattern.compile(expression);
            return Optional.empty();
        } catch (PatternSyntaxException e) {
            return Optional.of(
                    "found the expression '%s', expected RE2 syntax: %s"
                            .formatted(expression, e.getDescription()));
        }
    }

    /** All parts of a match together. */
    static RouteMatch routeMatch(HttpMatch match) {
        RouteMatch.Builder route = RouteMatch.newBuilder();
        path(route, match);
        new TreeMap<>(match.headers())
                .forEach((name, value) -> route.addHeaders(header(name, value)));
        new TreeMap<>(match.withoutHeaders())
                .forEach((name, value) -> route.addHeaders(withoutHeader(name, value)));
        header(route, ":method", match.method());
        header(route, ":authority", match.authority());
        header(route, ":scheme", match.scheme());
        new TreeMap<>(match.queryParams())
                .forEach((name, value) -> route.addQueryParameters(queryParameter(name, value)));
        return route.build();
    }

    /** Whether a route takes every request, so that none after it is ever reached. */
    static boolean takesEverything(RouteMatch match) {
        boolean anyPath =
                match.getPrefix().equals(EVERYTHING)
                        || match.getSafeRegex().getRegex().equals(".*");
        return anyPath && match.getHeadersCount() == 0 && match.getQueryParametersCount() == 0;
    }

    /** A string matcher. */
    static StringMatcher string(StringMatch match) {
        StringMatcher.Builder matcher = StringMatcher.newBuilder();
        switch (match) {
            case StringMatch.Exact(String value) -> matcher.setExact(value);
            case StringMatch.Prefix(String value) -> matcher.setPrefix(value);
            case StringMatch.Regex(String value) -> matcher.setSafeRegex(regex(value));
            // An empty prefix is refused by Envoy.
            case StringMatch.Present() -> matcher.setSafeRegex(regex(".*"));
        }
        return matcher.build();
    }

    static RegexMatcher regex(String expression) {
        return RegexMatcher.newBuilder().setRegex(expression).build();
    }

    private static void path(RouteMatch.Builder route, HttpMatch match) {
        switch (match.uri()) {
            case null -> route.setPrefix(EVERYTHING);
            case StringMatch.Present() -> route.setPrefix(EVERYTHING);
            case StringMatch.Exact(String value) -> route.setPath(value);
            case StringMatch.Prefix(String value) -> route.setPrefix(value);
            case StringMatch.Regex(String value) -> route.setSafeRegex(regex(value));
        }
        if (match.ignoreUriCase() && !route.hasSafeRegex()) {
            route.setCaseSensitive(Words.no());
        }
    }

    private static void header(RouteMatch.Builder route, String name, @Nullable StringMatch match) {
        if (match != null) {
            route.addHeaders(header(name, match));
        }
    }

    private static HeaderMatcher header(String name, StringMatch match) {
        HeaderMatcher.Builder header = HeaderMatcher.newBuilder().setName(name);
        return switch (match) {
            case StringMatch.Present() -> header.setPresentMatch(true).build();
            case StringMatch.Exact _, StringMatch.Prefix _, StringMatch.Regex _ ->
                    header.setStringMatch(string(match)).build();
        };
    }

    /** A missing header counts as the empty string, unless its very absence is asked for. */
    private static HeaderMatcher withoutHeader(String name, StringMatch match) {
        HeaderMatcher.Builder header = header(name, match).toBuilder().setInvertMatch(true);
        if (!header.hasPresentMatch()) {
            header.setTreatMissingHeaderAsEmpty(true);
        }
        return header.build();
    }

    private static QueryParameterMatcher queryParameter(String name, StringMatch match) {
        QueryParameterMatcher.Builder parameter = QueryParameterMatcher.newBuilder().setName(name);
        return switch (match) {
            case StringMatch.Present() -> parameter.setPresentMatch(true).build();
            case StringMatch.Exact _, StringMatch.Prefix _, StringMatch.Regex _ ->
                    parameter.setStringMatch(string(match)).build();
        };
    }
}
