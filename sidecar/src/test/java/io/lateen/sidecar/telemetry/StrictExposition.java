package io.lateen.sidecar.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads Prometheus' text format 0.0.4 and refuses what a strict reader would: a sample outside its
 * metric's group, a series or a metric twice, a histogram whose buckets fall or whose count is not
 * that of its last bucket.
 */
final class StrictExposition {

    private static final Pattern SAMPLE =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL =
            Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\\n]|\\\\[\\\\\"n])*)\"(,|$)");

    private StrictExposition() {}

    record Sample(String name, Map<String, String> labels, double value) {}

    record Parsed(List<Sample> samples) {

        double value(String name, String... labels) {
            return samples.stream()
                    .filter(sample -> sample.name().equals(name) && has(sample, labels))
                    .mapToDouble(Sample::value)
                    .sum();
        }

        long count(String name) {
            return samples.stream().filter(sample -> sample.name().equals(name)).count();
        }

        Map<String, String> labels(String name) {
            return samples.stream()
                    .filter(sample -> sample.name().equals(name))
                    .findFirst()
                    .orElseThrow()
                    .labels();
        }

        private static boolean has(Sample sample, String... labels) {
            for (int i = 0; i < labels.length; i += 2) {
                if (!labels[i + 1].equals(sample.labels().get(labels[i]))) {
                    return false;
                }
            }
            return true;
        }
    }

    static Parsed parse(String text) {
        assertThat(text).endsWith("\n");
        List<Sample> samples = new ArrayList<>();
        Set<String> metrics = new HashSet<>();
        Set<String> series = new HashSet<>();
        String metric = "";
        String type = "";
        for (String line : text.lines().toList()) {
            if (line.startsWith("# HELP ")) {
                metric = line.split(" ", 4)[2];
                assertThat(metrics.add(metric)).as("%s twice", metric).isTrue();
            } else if (line.startsWith("# TYPE ")) {
                String[] words = line.split(" ", -1);
                assertThat(words).hasSize(4);
                assertThat(words[2]).isEqualTo(metric);
                type = words[3];
                assertThat(type).isIn("counter", "gauge", "histogram");
            } else {
                Sample sample = sample(line);
                String suffix = sample.name().substring(metric.length());
                assertThat(sample.name()).as("in the group of %s", metric).startsWith(metric);
                assertThat(suffix)
                        .isIn(
                                type.equals("histogram")
                                        ? List.of("_bucket", "_sum", "_count")
                                        : List.of(""));
                assertThat(series.add(sample.name() + sample.labels()))
                        .as("%s twice", line)
                        .isTrue();
                samples.add(sample);
            }
        }
        checkHistograms(samples);
        return new Parsed(samples);
    }

    private static Sample sample(String line) {
        Matcher matcher = SAMPLE.matcher(line);
        assertThat(matcher.matches()).as("a sample: %s", line).isTrue();
        Map<String, String> labels = new LinkedHashMap<>();
        String inside = matcher.group(2);
        if (inside != null) {
            Matcher label = LABEL.matcher(inside);
            int at = 0;
            while (at < inside.length()) {
                assertThat(label.find(at) && label.start() == at)
                        .as("a label at %d of %s", at, inside)
                        .isTrue();
                assertThat(labels.put(label.group(1), unescape(label.group(2)))).isNull();
                at = label.end();
            }
        }
        return new Sample(matcher.group(1), labels, Double.parseDouble(matcher.group(3)));
    }

    private static String unescape(String value) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\') {
                char escaped = value.charAt(++i);
                text.append(escaped == 'n' ? '\n' : escaped);
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    private static void checkHistograms(List<Sample> samples) {
        Map<String, Double> last = new LinkedHashMap<>();
        for (Sample sample : samples) {
            if (sample.name().endsWith("_bucket")) {
                Map<String, String> labels = new LinkedHashMap<>(sample.labels());
                String bound = labels.remove("le");
                String key = sample.name().replace("_bucket", "") + labels;
                Double before = "0.5".equals(bound) ? Double.valueOf(0) : last.get(key);
                assertThat(before).as("buckets of %s in order", key).isNotNull();
                assertThat(sample.value()).isGreaterThanOrEqualTo(before);
                last.put(key, sample.value());
            } else if (sample.name().endsWith("_count")) {
                String key = sample.name().replace("_count", "") + sample.labels();
                assertThat(last.get(key)).isEqualTo(sample.value());
            }
        }
    }
}
