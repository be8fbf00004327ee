package io.lateen.model.validation;

import io.lateen.model.document.DurationText;
import io.lateen.model.document.Node;
import java.time.temporal.ChronoUnit;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Rules for parts that several kinds have. */
final class CommonRules {

    private CommonRules() {}

    /** A port's number, where one is written: 1 to 65535. */
    static void port(Node port, Violations violations) {
        OptionalLong number = port.integer();
        boolean ofTheRightType = number.isPresent() && number.getAsLong() >= 0;
        if (ofTheRightType && (number.getAsLong() == 0 || number.getAsLong() > 65_535)) {
            violations.add(port.path(), port.shown(), "a port from 1 to 65535");
        }
    }

    /** A port that may be left out by writing 0. */
    static void portOrZero(Node port, Violations violations) {
        if (port.integer().orElse(0) != 0) {
            port(port, violations);
        }
    }

    /** Labels that a workload must have: keys and values as Kubernetes writes them. */
    static void labels(Node labels, Violations violations) {
        labels.entries()
                .forEach(
                        (key, entry) -> {
                            if (!Syntax.isLabelKey(key)) {
                                violations.add(
                                        entry.path(),
                                        "the key \"" + key + "\"",
                                        "a label's key such as app or example.com/app");
                            }
                            if (!Syntax.isLabelValue(entry.text().orElse(""))) {
                                violations.add(
                                        entry.path(),
                                        entry.shown(),
                                        "a label's value: at most 63 letters, digits, dashes, dots"
                                                + " and underscores",
                                        entry.shown().contains("*")
                                                ? "wildcards are not known to selectors"
                                                : "");
                            }
                        });
    }

    /** A namespace, where one is written. */
    static void namespace(Node namespace, Violations violations) {
        if (namespace.text().filter(text -> !Syntax.isDnsLabel(text)).isPresent()) {
            violations.add(namespace.path(), namespace.shown(), "a namespace: " + Syntax.A_LABEL);
        }
    }

    /** A whole percentage, where one is written: 0 to 100. */
    static void wholePercent(Node percent, Violations violations) {
        OptionalLong value = percent.integer();
        if (value.isPresent() && (value.getAsLong() < 0 || value.getAsLong() > 100)) {
            violations.add(percent.path(), percent.shown(), "0 to 100");
        }
    }

    /** A percentage with a fraction: 0, or 0.0001 to 100. */
    static void percentage(Node percentage, Violations violations) {
        Node value = percentage.get("value");
        OptionalDouble number = value.number();
        if (number.isEmpty()) {
            return;
        }
        double share = number.getAsDouble();
        if (share < 0 || share > 100 || (share > 0 && share < 0.0001)) {
            violations.add(value.path(), value.shown(), "0, or 0.0001 to 100");
        }
    }

    /** A number that is not negative, where one is written. */
    static void notNegative(Node number, Violations violations) {
        if (number.integer().orElse(0) < 0) {
            violations.add(number.path(), number.shown(), "0 or more");
        }
    }

    /** A text that becomes part of a request's or an answer's head, where one is written. */
    static void visible(Node text, Violations violations) {
        if (text.text().filter(written -> !Syntax.isVisible(written)).isPresent()) {
            violations.add(
                    text.path(),
                    text.shown(),
                    "visible ASCII without spaces",
                    "write other characters percent-encoded");
        }
    }

    /** An RE2 expression, where one is written. */
    static void expression(Node expression, Violations violations) {
        expression
                .text()
                .flatMap(Syntax::faultOfExpression)
                .ifPresent(
                        fault ->
                                violations.add(
                                        expression.path(),
                                        fault,
                                        "an RE2 expression of 1 to 1024 characters",
                                        "see https://github.com/google/re2/wiki/Syntax"));
    }

    /** A duration that Envoy can keep: whole milliseconds. Its size is the schema's business. */
    static void wholeMilliseconds(Node duration, Violations violations) {
        duration.text()
                .flatMap(DurationText::parse)
                .filter(value -> !value.equals(value.truncatedTo(ChronoUnit.MILLIS)))
                .ifPresent(
                        value ->
                                violations.add(
                                        duration.path(), duration.shown(), "whole milliseconds"));
    }
}
