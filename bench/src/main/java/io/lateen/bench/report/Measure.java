package io.lateen.bench.report;

import java.util.Locale;

/** What is measured, with its unit, in the order of the tables. */
public enum Measure {
    CPU_PER_REQUEST("cpuPerRequest", "us"),
    REQUESTS_PER_SECOND("requestsPerSecond", "1/s"),
    LATENCY_P50("latencyP50", "us"),
    LATENCY_P99("latencyP99", "us"),
    ADDED_LATENCY_P50("addedLatencyP50", "us"),
    ADDED_LATENCY_P90("addedLatencyP90", "us"),
    ADDED_LATENCY_P99("addedLatencyP99", "us"),
    RESIDENT_MEMORY("residentMemory", "MiB"),
    PROPORTIONAL_MEMORY("proportionalMemory", "MiB"),
    PRIVATE_MEMORY("privateMemory", "MiB"),
    FIRST_ANSWER("firstAnswer", "ms"),
    FAILED_REQUESTS("failedRequests", "requests");

    private final String metric;
    private final String unit;

    Measure(String metric, String unit) {
        this.metric = metric;
        this.unit = unit;
    }

    /** The name in performance.json. */
    public String metric() {
        return metric;
    }

    public String unit() {
        return unit;
    }

    /** A value with as many digits as it deserves. */
    String text(double value) {
        return Math.abs(value) >= 100
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%.1f", value);
    }
}
