package io.lateen.model.schema;

import io.lateen.model.document.DurationText;
import io.lateen.model.document.Node;
import io.lateen.model.validation.Violations;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A text.
 *
 * @param form what the text is written like
 * @param maxLength in characters; null means any
 * @param values that it may have; empty means any
 */
public record TextSchema(Form form, @Nullable Integer maxLength, List<String> values)
        implements Schema {

    private static final Duration SHORTEST = Duration.ofMillis(1);

    /** Beyond it, proxies refuse a duration: added to a clock it would overflow. */
    private static final Duration LONGEST = Duration.ofDays(3_650);

    private static final Map<String, String> AT_LEAST_A_MILLISECOND =
            Map.of(
                    "rule", "duration(self) >= duration('1ms')",
                    "message", "a duration of 1ms or more");

    /** What a text is written like. */
    public enum Form {
        /** Anything. */
        FREE,
        /** A duration of any length, {@code 10s}. */
        DURATION,
        /** A duration of a millisecond at least. */
        POSITIVE_DURATION,
        /** Bytes in Base64. */
        BASE64,
        /** A time in the form of RFC 3339. */
        TIME
    }

    /** Any text. */
    public static TextSchema text() {
        return new TextSchema(Form.FREE, null, List.of());
    }

    /** A text of at most so many characters. */
    public static TextSchema text(int maxLength) {
        return new TextSchema(Form.FREE, maxLength, List.of());
    }

    /** A duration of a millisecond at least. */
    public static TextSchema duration() {
        return new TextSchema(Form.POSITIVE_DURATION, null, List.of());
    }

    /** A duration that may be zero. */
    public static TextSchema durationOrZero() {
        return new TextSchema(Form.DURATION, null, List.of());
    }

    /** Bytes in Base64. */
    public static TextSchema base64() {
        return new TextSchema(Form.BASE64, null, List.of());
    }

    /** A time in the form of RFC 3339. */
    public static TextSchema time() {
        return new TextSchema(Form.TIME, null, List.of());
    }

    /** One of these words. */
    public static TextSchema oneOf(String... values) {
        return new TextSchema(Form.FREE, null, List.of(values));
    }

    @Override
    public void check(Node node, Violations violations) {
        Optional<String> written = node.text();
        if (written.isEmpty()) {
            boolean scalar = node.value() instanceof Number || node.value() instanceof Boolean;
            violations.add(node.path(), node.shown(), expected(), scalar ? "put it in quotes" : "");
            return;
        }
        String text = written.get();
        if (maxLength != null && text.length() > maxLength) {
            violations.add(node.path(), text.length() + " characters", "at most " + maxLength);
        }
        if (!values.isEmpty() && !values.contains(text)) {
            String mend =
                    NearestName.of(text, values)
                            .map(nearest -> "did you mean `" + nearest + "`?")
                            .orElse("");
            violations.add(node.path(), node.shown(), expected(), mend);
        }
        checkForm(node, text, violations);
    }

    private void checkForm(Node node, String text, Violations violations) {
        boolean right =
                switch (form) {
                    case FREE, TIME -> true;
                    case DURATION ->
                            DurationText.parse(text)
                                    .filter(d -> !d.isNegative() && d.compareTo(LONGEST) <= 0)
                                    .isPresent();
                    case POSITIVE_DURATION ->
                            DurationText.parse(text)
                                    .filter(
                                            d ->
                                                    d.compareTo(SHORTEST) >= 0
                                                            && d.compareTo(LONGEST) <= 0)
                                    .isPresent();
                    case BASE64 -> isBase64(text);
                };
        if (!right) {
            violations.add(node.path(), node.shown(), expected());
        }
    }

    private static boolean isBase64(String text) {
        try {
            Base64.getDecoder().decode(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private String expected() {
        if (!values.isEmpty()) {
            return "one of " + String.join(", ", values);
        }
        return switch (form) {
            case FREE -> "a text";
            case DURATION -> "a duration of up to 87600h, such as 10s or 1m30s";
            case POSITIVE_DURATION -> "a duration from 1ms to 87600h, such as 500ms or 10s";
            case BASE64 -> "bytes in Base64";
            case TIME -> "a time such as 2026-01-31T12:00:00Z";
        };
    }

    @Override
    public Map<String, Object> toOpenApi() {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("type", "string");
        switch (form) {
            case BASE64 -> description.put("format", "byte");
            case TIME -> description.put("format", "date-time");
            case POSITIVE_DURATION ->
                    description.put("x-kubernetes-validations", List.of(AT_LEAST_A_MILLISECOND));
            case FREE, DURATION -> {}
        }
        if (maxLength != null) {
            description.put("maxLength", maxLength);
        }
        if (!values.isEmpty()) {
            description.put("enum", values);
        }
        return description;
    }
}
