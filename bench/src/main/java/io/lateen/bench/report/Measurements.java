package io.lateen.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Every figure of a run. Written and read by the bench's main thread. */
public final class Measurements {

    /** The system that ratios are taken to. */
    public static final String REFERENCE = "haproxy";

    private final List<Sample> samples = new ArrayList<>();

    public void add(Sample sample) {
        samples.add(sample);
    }

    /** The figures put together, in the order in which each was first seen. */
    public List<Row> rows() {
        record Key(String caseName, String system, Measure measure) {}
        Set<Key> keys = new LinkedHashSet<>();
        samples.forEach(s -> keys.add(new Key(s.caseName(), s.system(), s.measure())));
        return keys.stream().map(k -> row(k.caseName(), k.system(), k.measure())).toList();
    }

    private Row row(String caseName, String system, Measure measure) {
        List<Sample> rounds =
                samples.stream().filter(s -> is(s, caseName, system, measure)).toList();
        double[] values = rounds.stream().mapToDouble(Sample::value).sorted().toArray();
        double[] ratios =
                rounds.stream()
                        .map(s -> reference(s).map(r -> s.value() / r.value()))
                        .flatMap(Optional::stream)
                        .mapToDouble(Double::doubleValue)
                        .sorted()
                        .toArray();
        return new Row(
                caseName,
                system,
                measure,
                median(values),
                values[0],
                values[values.length - 1],
                values.length,
                ratios.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(median(ratios)));
    }

    /** HAProxy's figure of the same round: the machine's mood changes from minute to minute. */
    private Optional<Sample> reference(Sample sample) {
        return samples.stream()
                .filter(s -> is(s, sample.caseName(), REFERENCE, sample.measure()))
                .filter(s -> s.round() == sample.round() && s.value() > 0)
                .findFirst();
    }

    private static boolean is(Sample sample, String caseName, String system, Measure measure) {
        return sample.measure() == measure
                && sample.caseName().equals(caseName)
                && sample.system().equals(system);
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
