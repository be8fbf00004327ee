package io.lateen.sidecar.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.BoolValue;
import com.google.re2j.Pattern;
import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.config.route.v3.QueryParameterMatcher;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.type.matcher.v3.RegexMatcher;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import io.lateen.sidecar.exchange.HeaderName;
import io.lateen.sidecar.exchange.RequestHead;
import io.lateen.testkit.property.Property;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Compiled matchers against a reading of Envoy's documentation that compares plain strings. */
class RouteMatchingTest {

    private static final List<String> TEXTS =
            List.of("", "a", "A", "ab", "aB", "b", "/", "/a", "/ab", "/a/b", "/A", "v1", "jason");
    private static final List<String> NAMES = List.of("end-user", "x-a", "cookie");
    private static final List<String> REGEXES = List.of(".*", "a.*", "/a.*", "[ab]+", "/(a|b)+");

    @Test
    void agreesWithANaiveMatcherOnRandomMatchesAndRequests() {
        int[] matched = new int[2];
        Property.forAll(
                20_000,
                random -> {
                    RouteMatch match = randomMatch(random);
                    Request request = randomRequest(random);

                    boolean compiled =
                            MatchFactory.match(match, "m").matches(request.head(), random);

                    assertThat(compiled)
                            .as("%s on %s", match, request)
                            .isEqualTo(naive(match, request));
                    matched[compiled ? 1 : 0]++;
                });
        assertThat(matched[1]).as("matches among the requests").isGreaterThan(1_000);
        assertThat(matched[0]).as("misses among the requests").isGreaterThan(1_000);
    }

    private record Request(
            String method, String path, @Nullable String query, Map<String, String> headers) {

        RequestHead head() {
            RequestHead head =
                    RequestHead.of(
                            method, "reviews:9080", query == null ? path : path + "?" + query);
            headers.forEach(
                    (name, value) ->
                            head.add(
                                    HeaderName.of(name),
                                    value.getBytes(StandardCharsets.ISO_8859_1)));
            return head;
        }
    }

    private static boolean naive(RouteMatch match, Request request) {
        boolean ignoreCase = match.hasCaseSensitive() && !match.getCaseSensitive().getValue();
        String path = ignoreCase ? request.path().toLowerCase(Locale.ROOT) : request.path();
        boolean pathMatches =
                switch (match.getPathSpecifierCase()) {
                    case PREFIX -> path.startsWith(folded(match.getPrefix(), ignoreCase));
                    case PATH -> path.equals(folded(match.getPath(), ignoreCase));
                    case SAFE_REGEX ->
                            Pattern.matches(match.getSafeRegex().getRegex(), request.path());
                    default -> throw new AssertionError(match);
                };
        return pathMatches
                && match.getHeadersList().stream().allMatch(each -> naive(each, request))
                && match.getQueryParametersList().stream().allMatch(each -> naive(each, request));
    }

    private static boolean naive(HeaderMatcher matcher, Request request) {
        String value =
                matcher.getName().equals(":method")
                        ? request.method()
                        : request.headers().get(matcher.getName());
        if (matcher.hasPresentMatch()) {
            return ((value != null) == matcher.getPresentMatch()) != matcher.getInvertMatch();
        }
        if (value == null) {
            return matcher.getTreatMissingHeaderAsEmpty()
                    && naive(matcher.getStringMatch(), "") != matcher.getInvertMatch();
        }
        return naive(matcher.getStringMatch(), value) != matcher.getInvertMatch();
    }

    private static boolean naive(QueryParameterMatcher matcher, Request request) {
        String value = null;
        if (request.query() != null) {
            for (String pair : request.query().split("&", -1)) {
                String[] parts = pair.split("=", 2);
                if (value == null && parts[0].equals(matcher.getName())) {
                    value = parts.length == 1 ? "" : parts[1];
                }
            }
        }
        return matcher.hasPresentMatch()
                ? (value != null) == matcher.getPresentMatch()
                : value != null && naive(matcher.getStringMatch(), value);
    }

    private static boolean naive(StringMatcher matcher, String value) {
        boolean ignoreCase = matcher.getIgnoreCase();
        String text = folded(value, ignoreCase);
        return switch (matcher.getMatchPatternCase()) {
            case EXACT -> text.equals(folded(matcher.getExact(), ignoreCase));
            case PREFIX -> text.startsWith(folded(matcher.getPrefix(), ignoreCase));
            case SUFFIX -> text.endsWith(folded(matcher.getSuffix(), ignoreCase));
            case CONTAINS -> text.contains(folded(matcher.getContains(), ignoreCase));
            case SAFE_REGEX -> Pattern.matches(matcher.getSafeRegex().getRegex(), value);
            default -> throw new AssertionError(matcher);
        };
    }

    private static String folded(String text, boolean ignoreCase) {
        return ignoreCase ? text.toLowerCase(Locale.ROOT) : text;
    }

    private static RouteMatch randomMatch(SplittableRandom random) {
        RouteMatch.Builder match = RouteMatch.newBuilder();
        switch (random.nextInt(4)) {
            case 0 -> match.setPath(pick(TEXTS, random));
            case 1 -> match.setSafeRegex(RegexMatcher.newBuilder().setRegex(pick(REGEXES, random)));
            default -> match.setPrefix(pick(TEXTS, random));
        }
        if (random.nextInt(3) == 0) {
            match.setCaseSensitive(BoolValue.of(random.nextBoolean()));
        }
        for (int i = 0; i < random.nextInt(3); i++) {
            match.addHeaders(randomHeader(random));
        }
        if (random.nextInt(3) == 0) {
            QueryParameterMatcher.Builder query =
                    QueryParameterMatcher.newBuilder().setName(pick(List.of("a", "b"), random));
            if (random.nextBoolean()) {
                query.setPresentMatch(random.nextBoolean());
            } else {
                query.setStringMatch(randomText(random));
            }
            match.addQueryParameters(query);
        }
        return match.build();
    }

    private static HeaderMatcher.Builder randomHeader(SplittableRandom random) {
        HeaderMatcher.Builder header =
                HeaderMatcher.newBuilder()
                        .setName(random.nextInt(6) == 0 ? ":method" : pick(NAMES, random))
                        .setInvertMatch(random.nextInt(3) == 0);
        if (random.nextInt(3) == 0) {
            header.setPresentMatch(random.nextBoolean());
        } else {
            header.setStringMatch(randomText(random))
                    .setTreatMissingHeaderAsEmpty(random.nextInt(3) == 0);
        }
        return header;
    }

    private static StringMatcher.Builder randomText(SplittableRandom random) {
        StringMatcher.Builder text =
                StringMatcher.newBuilder().setIgnoreCase(random.nextInt(3) == 0);
        return switch (random.nextInt(5)) {
            case 0 -> text.setPrefix(pick(TEXTS, random));
            case 1 -> text.setSuffix(pick(TEXTS, random));
            case 2 -> text.setContains(pick(TEXTS, random));
            case 3 ->
                    text.setIgnoreCase(false)
                            .setSafeRegex(
                                    RegexMatcher.newBuilder().setRegex(pick(REGEXES, random)));
            default -> text.setExact(pick(TEXTS, random));
        };
    }

    private static Request randomRequest(SplittableRandom random) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : NAMES) {
            if (random.nextBoolean()) {
                headers.put(name, pick(TEXTS, random));
            }
        }
        List<String> query = new ArrayList<>();
        for (int i = 0; i < random.nextInt(3); i++) {
            query.add(pick(List.of("a=v1", "a", "b=", "b=a", "c=1"), random));
        }
        return new Request(
                pick(List.of("GET", "POST"), random),
                pick(List.of("/", "/a", "/ab", "/a/b", "/A", "/b"), random),
                query.isEmpty() ? null : String.join("&", query),
                headers);
    }

    private static <T> T pick(List<T> values, SplittableRandom random) {
        return values.get(random.nextInt(values.size()));
    }
}
