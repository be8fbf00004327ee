package io.lateen.sidecar.telemetry;

import java.util.List;

/**
 * Writes Prometheus' text format 0.0.4, or OpenMetrics 1.0.0. The samples of a metric follow its
 * {@link #begin}.
 */
final class Exposition {

    private final StringBuilder out = new StringBuilder(16 * 1024);
    private final boolean openMetrics;

    Exposition(boolean openMetrics) {
        this.openMetrics = openMetrics;
    }

    /** Describes a metric; OpenMetrics names a counter without its {@code _total}. */
    void begin(Metrics metric) {
        String name = metric.metricName();
        if (openMetrics && metric.type() == Metrics.Type.COUNTER) {
            name = name.substring(0, name.length() - "_total".length());
        }
        String type =
                switch (metric.type()) {
                    case COUNTER -> "counter";
                    case GAUGE -> "gauge";
                    case HISTOGRAM -> "histogram";
                };
        out.append("# HELP ").append(name).append(' ').append(metric.help()).append('\n');
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    /** One sample of a count. */
    void sample(String name, String labels, long value) {
        begin(name, labels).append(value).append('\n');
    }

    /** One sample. */
    void sample(String name, String labels, double value) {
        StringBuilder line = begin(name, labels);
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            line.append((long) value);
        } else {
            line.append(value);
        }
        line.append('\n');
    }

    private StringBuilder begin(String name, String labels) {
        out.append(name);
        if (!labels.isEmpty()) {
            out.append('{').append(labels).append('}');
        }
        return out.append(' ');
    }

    /** The whole text. */
    String finish() {
        if (openMetrics) {
            out.append("# EOF\n");
        }
        return out.toString();
    }

    /** Labels as they stand between the braces. */
    static String labels(List<String> names, List<String> values) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < names.size(); i++) {
            if (i > 0) {
                text.append(',');
            }
            text.append(names.get(i)).append("=\"");
            escape(values.get(i), text);
            text.append('"');
        }
        return text.toString();
    }

    private static void escape(String value, StringBuilder out) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> out.append("\\\\");
                case '"' -> out.append("\\\"");
                case '\n' -> out.append("\\n");
                default -> out.append(c);
            }
        }
    }
}
