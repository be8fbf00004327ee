package io.lateen.sidecar.plan;

import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.config.route.v3.QueryParameterMatcher;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import io.lateen.sidecar.exchange.Fields;
import io.lateen.sidecar.exchange.HeaderName;
import io.lateen.sidecar.route.HeaderMatch;
import io.lateen.sidecar.route.Octets;
import io.lateen.sidecar.route.PathMatch;
import io.lateen.sidecar.route.QueryMatch;
import io.lateen.sidecar.route.RouteMatch;
import io.lateen.sidecar.route.ValueMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Makes matchers from {@code envoy.config.route.v3.RouteMatch} and its parts. */
final class MatchFactory {

    private MatchFactory() {}

    static RouteMatch match(io.envoyproxy.envoy.config.route.v3.RouteMatch match, String at)
            throws Refusal {
        List<HeaderMatch> headers = new ArrayList<>();
        for (int i = 0; i < match.getHeadersCount(); i++) {
            headers.add(header(match.getHeaders(i), at + ".headers[" + i + "]"));
        }
        List<QueryMatch> query = new ArrayList<>();
        for (int i = 0; i < match.getQueryParametersCount(); i++) {
            query.add(query(match.getQueryParameters(i), at + ".query_parameters[" + i + "]"));
        }
        int perMillion =
                match.hasRuntimeFraction()
                        ? Reading.perMillion(
                                match.getRuntimeFraction().getDefaultValue(),
                                at + ".runtime_fraction")
                        : RouteMatch.ALL;
        return new RouteMatch(path(match, at), headers, query, perMillion);
    }

    private static PathMatch path(io.envoyproxy.envoy.config.route.v3.RouteMatch match, String at)
            throws Refusal {
        boolean ignoreCase = match.hasCaseSensitive() && !match.getCaseSensitive().getValue();
        return switch (match.getPathSpecifierCase()) {
            case PREFIX -> PathMatch.prefix(match.getPrefix(), ignoreCase);
            case PATH -> PathMatch.exact(match.getPath(), ignoreCase);
            case PATH_SEPARATED_PREFIX ->
                    PathMatch.segmentPrefix(match.getPathSeparatedPrefix(), ignoreCase);
            case SAFE_REGEX ->
                    PathMatch.regex(
                            Reading.pattern(
                                    match.getSafeRegex().getRegex(), at + ".safe_regex.regex"));
            case CONNECT_MATCHER, PATH_MATCH_POLICY, PATHSPECIFIER_NOT_SET ->
                    throw new Refusal(
                            at,
                            "names no path; expected prefix, path, path_separated_prefix or"
                                    + " safe_regex");
        };
    }

    /** A question to a header. */
    static HeaderMatch header(HeaderMatcher matcher, String at) throws Refusal {
        boolean invert = matcher.getInvertMatch();
        HeaderMatch.Pseudo pseudo = pseudo(matcher.getName(), at);
        return switch (matcher.getHeaderMatchSpecifierCase()) {
            case HEADERMATCHSPECIFIER_NOT_SET -> present(matcher.getName(), pseudo, !invert, at);
            case PRESENT_MATCH ->
                    present(matcher.getName(), pseudo, matcher.getPresentMatch() != invert, at);
            case STRING_MATCH -> {
                ValueMatch value = value(matcher.getStringMatch(), at + ".string_match");
                yield pseudo != null
                        ? new HeaderMatch.PseudoValue(pseudo, value, invert)
                        : headerValue(matcher, value, at);
            }
            case EXACT_MATCH,
                    SAFE_REGEX_MATCH,
                    RANGE_MATCH,
                    PREFIX_MATCH,
                    SUFFIX_MATCH,
                    CONTAINS_MATCH ->
                    throw new Refusal(at, "is of a retired form; expected string_match");
        };
    }

    /** A question to a header of a response. */
    static Predicate<Fields> responseHeader(HeaderMatcher matcher, String at) throws Refusal {
        boolean invert = matcher.getInvertMatch();
        HeaderName name = Reading.headerName(matcher.getName(), at + ".name");
        return switch (matcher.getHeaderMatchSpecifierCase()) {
            case HEADERMATCHSPECIFIER_NOT_SET -> fields -> fields.has(name) != invert;
            case PRESENT_MATCH -> {
                boolean wanted = matcher.getPresentMatch() != invert;
                yield fields -> fields.has(name) == wanted;
            }
            case STRING_MATCH -> {
                ValueMatch value = value(matcher.getStringMatch(), at + ".string_match");
                boolean missingIsEmpty = matcher.getTreatMissingHeaderAsEmpty();
                yield fields -> {
                    String found = fields.value(name);
                    return found == null
                            ? missingIsEmpty && value.matches("") != invert
                            : value.matches(found) != invert;
                };
            }
            default -> throw new Refusal(at, "is of a retired form; expected string_match");
        };
    }

    private static HeaderMatch present(
            String name, HeaderMatch.@Nullable Pseudo pseudo, boolean wanted, String at)
            throws Refusal {
        return pseudo != null
                ? new HeaderMatch.Always(wanted)
                : new HeaderMatch.Present(Reading.headerName(name, at + ".name"), wanted);
    }

    private static HeaderMatch headerValue(HeaderMatcher matcher, ValueMatch value, String at)
            throws Refusal {
        HeaderName name = Reading.headerName(matcher.getName(), at + ".name");
        boolean plain = !matcher.getInvertMatch() && !matcher.getTreatMissingHeaderAsEmpty();
        return plain
                        && value instanceof ValueMatch.Exact(String wanted, boolean ignoreCase)
                        && !ignoreCase
                ? new HeaderMatch.Equal(name, wanted)
                : new HeaderMatch.Value(
                        name,
                        value,
                        matcher.getInvertMatch(),
                        matcher.getTreatMissingHeaderAsEmpty());
    }

    private static HeaderMatch.@Nullable Pseudo pseudo(String name, String at) throws Refusal {
        return switch (name) {
            case ":method" -> HeaderMatch.Pseudo.METHOD;
            case ":scheme" -> HeaderMatch.Pseudo.SCHEME;
            case ":authority", "host", "Host" -> HeaderMatch.Pseudo.AUTHORITY;
            case ":path" -> HeaderMatch.Pseudo.PATH;
            default -> {
                if (name.startsWith(":")) {
                    throw new Refusal(
                            at + ".name",
                            "is '%s'; expected :method, :scheme, :authority, :path or a header"
                                    .formatted(name));
                }
                yield null;
            }
        };
    }

    private static QueryMatch query(QueryParameterMatcher matcher, String at) throws Refusal {
        String name = matcher.getName();
        return switch (matcher.getQueryParameterMatchSpecifierCase()) {
            case PRESENT_MATCH -> new QueryMatch(name, null, matcher.getPresentMatch());
            case STRING_MATCH ->
                    new QueryMatch(
                            name, value(matcher.getStringMatch(), at + ".string_match"), true);
            case QUERYPARAMETERMATCHSPECIFIER_NOT_SET -> new QueryMatch(name, null, true);
        };
    }

    /** A text matcher, over texts as heads give them. */
    static ValueMatch value(StringMatcher matcher, String at) throws Refusal {
        boolean ignoreCase = matcher.getIgnoreCase();
        return switch (matcher.getMatchPatternCase()) {
            case EXACT -> new ValueMatch.Exact(Octets.asRead(matcher.getExact()), ignoreCase);
            case PREFIX -> new ValueMatch.Prefix(Octets.asRead(matcher.getPrefix()), ignoreCase);
            case SUFFIX -> new ValueMatch.Suffix(Octets.asRead(matcher.getSuffix()), ignoreCase);
            case CONTAINS ->
                    new ValueMatch.Contains(Octets.asRead(matcher.getContains()), ignoreCase);
            case SAFE_REGEX ->
                    new ValueMatch.Regex(
                            Reading.pattern(
                                    matcher.getSafeRegex().getRegex(), at + ".safe_regex.regex"));
            case CUSTOM, MATCHPATTERN_NOT_SET ->
                    throw new Refusal(
                            at,
                            "has no pattern; expected exact, prefix, suffix,"
                                    + " contains or safe_regex");
        };
    }
}
