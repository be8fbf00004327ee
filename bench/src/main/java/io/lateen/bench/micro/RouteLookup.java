package io.lateen.bench.micro;

import io.lateen.sidecar.route.VirtualHostTable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Finding the virtual host of a request among those of a whole mesh. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgs = {"-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders"})
public class RouteLookup {

    /** Services of the mesh, each with the seven forms of its name. */
    @Param({"10", "1000"})
    public int services;

    private VirtualHostTable<String> table = VirtualHostTable.of(true, List.of());
    private String shortName = "";
    private String unknown = "";

    @Setup
    public void fill() {
        List<VirtualHostTable.Entry<String>> entries = new ArrayList<>();
        for (int number = 0; number < services; number++) {
            String name = "service-" + number;
            for (String suffix :
                    List.of("", ".default", ".default.svc", ".default.svc.cluster.local")) {
                entries.add(new VirtualHostTable.Entry<>(name + suffix, name));
                entries.add(new VirtualHostTable.Entry<>(name + suffix + ":9080", name));
            }
        }
        entries.add(new VirtualHostTable.Entry<>("*", "allow_any"));
        table = VirtualHostTable.of(true, entries);
        shortName = "service-" + services / 2 + ":9080";
        unknown = "www.example.com:9080";
    }

    /** The common case: the name as the application writes it. */
    @Benchmark
    public @Nullable String aServiceOfTheMesh() {
        return table.find(shortName);
    }

    /** A host outside, which falls to the catch-all. */
    @Benchmark
    public @Nullable String aHostOutside() {
        return table.find(unknown);
    }
}
