package io.lateen.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PerformanceFilesTest {

    private static final Surroundings HERE =
            new Surroundings(
                    "a CPU, 2 cores", "JDK 25", Map.of("lateen", "0.1.0"), LocalDate.EPOCH);

    @TempDir Path docs = Path.of("");

    @Test
    void keepsTheProseAroundTheSection() throws IOException {
        Path file = docs.resolve("performance.md");
        Files.writeString(file, "# How fast\n\nBefore.\n");
        PerformanceFiles files = new PerformanceFiles(docs);

        files.write(List.of(row(20)), HERE);
        Files.writeString(file, Files.readString(file) + "\nAfter.\n");
        files.write(List.of(row(19)), HERE);

        assertThat(Files.readString(file))
                .startsWith("# How fast\n\nBefore.\n")
                .endsWith("\nAfter.\n")
                .contains("| http1-c16-1k | 19.0 (18.0 to 22.0) **0.91** |")
                .doesNotContain("20.0")
                .containsOnlyOnce(PerformanceFiles.BEGIN);
    }

    @Test
    void saysWhichRowsHadFailedRequests() throws IOException {
        Row failures =
                new Row("c", "nginx", Measure.FAILED_REQUESTS, 0, 0, 7, 5, OptionalDouble.empty());

        new PerformanceFiles(docs).write(List.of(row(20), failures), HERE);

        assertThat(Files.readString(docs.resolve("performance.md")))
                .contains("nginx, c: up to 7 in a round");
    }

    @Test
    void writesTheSameFiguresAsJson() throws IOException {
        new PerformanceFiles(docs).write(List.of(row(20)), HERE);

        JsonNode rows =
                JsonMapper.shared().readTree(Files.readString(docs.resolve("performance.json")));
        assertThat(rows)
                .singleElement()
                .isEqualTo(
                        JsonMapper.shared()
                                .readTree(
                                        """
                                        {"case": "http1-c16-1k", "system": "lateen",
                                         "metric": "cpuPerRequest", "unit": "us", "median": 20.0,
                                         "min": 18.0, "max": 22.0, "rounds": 5,
                                         "ratioToHaproxy": 0.91, "version": "0.1.0"}
                                        """));
    }

    private static Row row(double median) {
        return new Row(
                "http1-c16-1k",
                "lateen",
                Measure.CPU_PER_REQUEST,
                median,
                18,
                22,
                5,
                OptionalDouble.of(0.91));
    }
}
