package io.lateen.bench.report;

import java.util.OptionalDouble;

/**
 * The rounds of one figure put together.
 *
 * @param ratioToHaproxy median of the ratios to HAProxy's figure of the same round, where HAProxy
 *     ran and its figure is not zero
 */
public record Row(
        String caseName,
        String system,
        Measure measure,
        double median,
        double min,
        double max,
        int rounds,
        OptionalDouble ratioToHaproxy) {}
