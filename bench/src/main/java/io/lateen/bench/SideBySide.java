package io.lateen.bench;

import io.lateen.bench.load.ConstantRateLoad;
import io.lateen.bench.process.Memory;
import io.lateen.bench.proxy.Direct;
import io.lateen.bench.proxy.SidecarProgram;
import io.lateen.bench.proxy.SystemUnderTest;
import io.lateen.bench.proxy.Upstream;
import io.lateen.bench.proxy.Way;
import io.lateen.bench.proxy.Workbench;
import io.lateen.bench.report.Measure;
import io.lateen.bench.report.Measurements;
import io.lateen.bench.report.PerformanceFiles;
import io.lateen.bench.report.Row;
import io.lateen.bench.report.Sample;
import io.lateen.bench.report.Surroundings;
import io.lateen.bench.report.Table;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lateen, HAProxy, nginx and Spring Cloud Gateway in one interleaved run. */
@Command(
        name = "side-by-side",
        description = {
            "Measures CPU per request, throughput, added latency and memory of Lateen's sidecar, HAProxy,"
                    + " nginx and Spring Cloud Gateway, in turn, and writes docs/performance.md and"
                    + " docs/performance.json."
        },
        mixinStandardHelpOptions = true)
final class SideBySide implements Callable<Integer> {

    private static final PrintStream OUT = System.out;

    @Option(
            names = "--project",
            defaultValue = ".",
            description = "the project's root (default: this folder)")
    private Path project = Path.of(".");

    @Option(names = "--rounds", description = "how often each is measured (default: 5; quick: 2)")
    private int rounds;

    @Option(names = "--duration", description = "seconds of one measurement (default: 2; quick: 1)")
    private int seconds;

    @Option(names = "--cases", split = ",", description = "names of cases (default: all)")
    private List<String> cases = List.of();

    @Option(names = "--systems", split = ",", description = "names of systems (default: all)")
    private List<String> systems = List.of();

    @Option(
            names = "--quick",
            description = "about a minute: few rounds, short warm-up, docs left as they are")
    private boolean quick;

    private final Measurements measurements = new Measurements();

    @Override
    public Integer call() {
        int roundCount = rounds > 0 ? rounds : quick ? 2 : 5;
        Duration slot = Duration.ofSeconds(seconds > 0 ? seconds : quick ? 1 : 2);
        Workbench workbench = Ground.prepare(project);
        List<Case> chosen = chosenCases();
        OUT.println("Logs and configurations: " + workbench.folder());
        List<SystemUnderTest> running = new ArrayList<>();
        try (Upstream _ = Upstream.start(workbench)) {
            running.add(new Direct());
            for (Systems system : chosenSystems()) {
                OUT.println("Starting " + system.label());
                running.add(system.start(workbench));
            }
            running.forEach(system -> warmUp(system, chosen));
            for (int round = 1; round <= roundCount; round++) {
                for (Case loadCase : chosen) {
                    OUT.printf(
                            Locale.ROOT,
                            "Round %d of %d, %s%n",
                            round,
                            roundCount,
                            loadCase.name());
                    round(round, loadCase, running, slot);
                }
            }
            running.forEach(SystemUnderTest::close);
            if (cases.isEmpty() || cases.contains(Starts.CASE)) {
                starts(roundCount, running, workbench);
            }
            return report(running);
        } finally {
            running.forEach(SystemUnderTest::close);
        }
    }

    private void starts(int rounds, List<SystemUnderTest> systems, Workbench workbench) {
        for (int round = 1; round <= rounds; round++) {
            OUT.printf(Locale.ROOT, "Start %d of %d%n", round, rounds);
            for (SystemUnderTest system : systems) {
                OptionalDouble millis = Starts.millis(system, workbench);
                if (millis.isPresent()) {
                    add(round, Starts.CASE, system, Measure.FIRST_ANSWER, millis.getAsDouble());
                    OUT.printf(
                            Locale.ROOT, "  %-21s %.0f ms%n", system.name(), millis.getAsDouble());
                }
            }
        }
    }

    private void add(
            int round, String caseName, SystemUnderTest system, Measure measure, double value) {
        measurements.add(new Sample(round, caseName, system.name(), measure, value));
    }

    private List<Case> chosenCases() {
        List<Case> all = Case.all(Ground.LOAD_CPU);
        List<String> names =
                Stream.concat(all.stream().map(Case::name), Stream.of(Starts.CASE)).toList();
        refuseUnknown("--cases", cases, names);
        return cases.isEmpty()
                ? all
                : all.stream().filter(loadCase -> cases.contains(loadCase.name())).toList();
    }

    private List<Systems> chosenSystems() {
        List<Systems> all = List.of(Systems.values());
        refuseUnknown("--systems", systems, all.stream().map(Systems::label).toList());
        if (!systems.isEmpty()) {
            return all.stream().filter(system -> systems.contains(system.label())).toList();
        }
        if (!SidecarProgram.of(project).isBuilt()) {
            throw new IllegalStateException(
                    "the sidecar is not built: run make build, or leave it out with --systems");
        }
        return all;
    }

    private static void refuseUnknown(String option, List<String> found, List<String> known) {
        for (String name : found) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        option + ": found " + name + ", expected some of " + known);
            }
        }
    }

    /** Gives each system the load that it needs before it is measured, case by case. */
    private void warmUp(SystemUnderTest system, List<Case> chosen) {
        List<Case> able =
                chosen.stream()
                        .filter(loadCase -> system.way(loadCase.traffic()).isPresent())
                        .toList();
        long whole = quick ? system.warmUp().toSeconds() / 4 : system.warmUp().toSeconds();
        Duration each = Duration.ofSeconds(Math.max(1, whole / Math.max(1, able.size())));
        OUT.printf(
                Locale.ROOT,
                "Warming %s for %d s%n",
                system.name(),
                each.toSeconds() * able.size());
        for (Case loadCase : able) {
            Way way = system.way(loadCase.traffic()).orElseThrow();
            var _ = loadCase.load().drive(way.target(), loadCase.request(), each);
        }
    }

    private void round(int round, Case loadCase, List<SystemUnderTest> running, Duration duration) {
        Optional<Slot> direct = Optional.empty();
        for (SystemUnderTest system : running) {
            Optional<Way> way = system.way(loadCase.traffic());
            if (way.isEmpty()) {
                continue;
            }
            Slot slot = Slot.measure(way.get(), loadCase, duration);
            direct = direct.or(() -> Optional.of(slot));
            record(round, loadCase, system, slot, direct.get());
        }
    }

    private void record(int round, Case loadCase, SystemUnderTest system, Slot slot, Slot direct) {
        Map<Measure, Double> figures = new LinkedHashMap<>();
        slot.cpuMicrosPerRequest()
                .ifPresent(micros -> figures.put(Measure.CPU_PER_REQUEST, micros));
        if (loadCase.load() instanceof ConstantRateLoad) {
            latencies(figures, slot, direct);
        } else {
            figures.put(Measure.REQUESTS_PER_SECOND, slot.load().requestsPerSecond());
        }
        slot.memory().ifPresent(memory -> memory(figures, memory));
        figures.put(Measure.FAILED_REQUESTS, (double) slot.load().failures());
        StringBuilder line = new StringBuilder("  %-21s".formatted(system.name()));
        figures.forEach(
                (measure, value) -> {
                    add(round, loadCase.name(), system, measure, value);
                    if (measure != Measure.FAILED_REQUESTS || value > 0) {
                        line.append(
                                String.format(
                                        Locale.ROOT,
                                        " %s %.1f %s ",
                                        measure.metric(),
                                        value,
                                        measure.unit()));
                    }
                });
        OUT.println(line.toString().stripTrailing());
    }

    private static void memory(Map<Measure, Double> figures, Memory memory) {
        figures.put(Measure.RESIDENT_MEMORY, mebibytes(memory.resident()));
        figures.put(Measure.PROPORTIONAL_MEMORY, mebibytes(memory.proportional()));
        figures.put(Measure.PRIVATE_MEMORY, mebibytes(memory.own()));
    }

    private static double mebibytes(long bytes) {
        return bytes / 1024.0 / 1024;
    }

    private static void latencies(Map<Measure, Double> figures, Slot slot, Slot direct) {
        if (slot.cpuNanos().isEmpty()) {
            figures.put(Measure.LATENCY_P50, slot.latencyMicros(50));
            figures.put(Measure.LATENCY_P99, slot.latencyMicros(99));
            return;
        }
        figures.put(Measure.ADDED_LATENCY_P50, slot.latencyMicros(50) - direct.latencyMicros(50));
        figures.put(Measure.ADDED_LATENCY_P90, slot.latencyMicros(90) - direct.latencyMicros(90));
        figures.put(Measure.ADDED_LATENCY_P99, slot.latencyMicros(99) - direct.latencyMicros(99));
    }

    private int report(List<SystemUnderTest> running) {
        List<Row> rows = measurements.rows();
        OUT.println();
        OUT.println(new Table(rows).text());
        if (quick) {
            OUT.println(
                    "A quick run: docs/performance.md and docs/performance.json are unchanged.");
        } else {
            Map<String, String> versions = new LinkedHashMap<>();
            running.forEach(system -> versions.put(system.name(), system.version()));
            Surroundings surroundings =
                    new Surroundings(
                            Surroundings.thisMachine(),
                            "JDK " + Runtime.version(),
                            versions,
                            LocalDate.now(ZoneOffset.UTC));
            new PerformanceFiles(project.resolve("docs")).write(rows, surroundings);
            OUT.println("Written: docs/performance.md, docs/performance.json");
        }
        boolean failed =
                rows.stream()
                        .anyMatch(row -> row.measure() == Measure.FAILED_REQUESTS && row.max() > 0);
        return failed ? 1 : 0;
    }
}
