package io.lateen.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MeasurementsTest {

    private final Measurements measurements = new Measurements();

    @Test
    void takesRatiosWithinARoundAndThenTheirMedian() {
        // The machine slows down by half in round 2; ours stays at 0.8 of HAProxy throughout.
        add(1, "haproxy", 10);
        add(1, "lateen", 8);
        add(2, "haproxy", 20);
        add(2, "lateen", 16);
        add(3, "haproxy", 10);
        add(3, "lateen", 8);

        Row row = row("lateen");

        assertThat(row.median()).isEqualTo(8);
        assertThat(row.min()).isEqualTo(8);
        assertThat(row.max()).isEqualTo(16);
        assertThat(row.rounds()).isEqualTo(3);
        assertThat(row.ratioToHaproxy()).hasValue(0.8);
    }

    @Test
    void hasNoRatioWhereHaproxyHasNoFigure() {
        add(1, "lateen", 8);

        assertThat(row("lateen").ratioToHaproxy()).isEmpty();
    }

    private void add(int round, String system, double value) {
        measurements.add(new Sample(round, "http1-c16-1k", system, Measure.CPU_PER_REQUEST, value));
    }

    private Row row(String system) {
        return measurements.rows().stream()
                .filter(row -> row.system().equals(system))
                .findFirst()
                .orElseThrow();
    }
}
