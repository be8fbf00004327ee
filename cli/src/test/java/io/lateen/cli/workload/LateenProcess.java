package io.lateen.cli.workload;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.testkit.net.LoopbackAddresses;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** {@code lateen run} as a process of its own, with a sidecar that stands in. */
final class LateenProcess implements AutoCloseable {

    private final Process process;
    private final Path folder;
    private final String address;

    private LateenProcess(Process process, Path folder, String address) {
        this.process = process;
        this.folder = folder;
        this.address = address;
    }

    /** Starts {@code lateen run --service shop --port 9080 <options>} in {@code folder}. */
    static LateenProcess run(Path folder, String... options) throws IOException {
        return runOn(LoopbackAddresses.next(), folder, options);
    }

    static LateenProcess runOn(String address, Path folder, String... options) throws IOException {
        writeSidecarJar(folder.resolve("sidecar/target/sidecar.jar"));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add("-Dlateen.home=" + folder);
        command.add("io.lateen.cli.Lateen");
        command.addAll(List.of("run", "--service", "shop", "--port", "9080"));
        command.addAll(List.of("--address", address));
        command.addAll(List.of(options));
        Process process =
                new ProcessBuilder(command)
                        .redirectOutput(folder.resolve("out").toFile())
                        .redirectError(folder.resolve("err").toFile())
                        .start();
        return new LateenProcess(process, folder, address);
    }

    private static void writeSidecarJar(Path jar) throws IOException {
        Files.createDirectories(jar.getParent());
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes()
                .put(Attributes.Name.MAIN_CLASS, StandInSidecar.class.getName());
        String entry = StandInSidecar.class.getName().replace('.', '/') + ".class";
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream stream = new JarOutputStream(file, manifest);
                var code = StandInSidecar.class.getResourceAsStream("/" + entry)) {
            stream.putNextEntry(new ZipEntry(entry));
            code.transferTo(stream);
        }
    }

    String address() {
        return address;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String output() throws IOException {
        return Files.readString(folder.resolve("out"));
    }

    String errors() throws IOException {
        return Files.readString(folder.resolve("err"));
    }

    /** What the sidecar wrote down. */
    List<String> sidecarEvents() throws IOException {
        Path events = folder.resolve(".lateen/sidecars/shop-v1-" + address + "/events");
        return Files.exists(events) ? Files.readAllLines(events) : List.of();
    }

    long sidecarPid() throws IOException {
        return Long.parseLong(
                sidecarEvents().stream()
                        .filter(event -> event.startsWith("started "))
                        .reduce((first, second) -> second)
                        .orElseThrow()
                        .substring("started ".length()));
    }

    void awaitOutput(String text) {
        eventually(() -> assertThat(output()).contains(text));
    }

    void signal(String name) throws IOException, InterruptedException {
        signal(name, pid());
    }

    static void signal(String name, long pid) throws IOException, InterruptedException {
        assertThat(
                        new ProcessBuilder("sh", "-c", "kill -s %s %d".formatted(name, pid))
                                .start()
                                .waitFor())
                .isZero();
    }

    int exitCode() throws InterruptedException, IOException {
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("still runs: " + errors()).isTrue();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
