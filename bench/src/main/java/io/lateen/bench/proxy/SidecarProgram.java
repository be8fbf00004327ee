package io.lateen.bench.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The built sidecar: the jar and, beside it, the launcher options ({@code sidecar.jvm}, an argument
 * file for {@code java @file}) and the AOT cache that training leaves.
 *
 * @param folder where the build put it
 */
public record SidecarProgram(Path folder) {

    /** The sidecar of {@code project}, whether or not it has been built. */
    public static SidecarProgram of(Path project) {
        return new SidecarProgram(project.resolve("sidecar/target"));
    }

    public Path jar() {
        return folder.resolve("sidecar.jar");
    }

    public Path cache() {
        return folder.resolve("sidecar.aot");
    }

    public Path options() {
        return folder.resolve("sidecar.jvm");
    }

    /** Whether it can be started. */
    public boolean isBuilt() {
        return Files.isRegularFile(jar()) && Files.isRegularFile(options());
    }

    /** Whether training has been done since the jar was built. */
    public boolean isTrained() {
        try {
            return Files.isRegularFile(cache())
                    && Files.getLastModifiedTime(cache())
                                    .compareTo(Files.getLastModifiedTime(jar()))
                            > 0;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look at " + cache(), e);
        }
    }

    /**
     * The launcher's command line for a sidecar.
     *
     * @param controlPlane whom it asks
     * @param address its own
     * @param workload whose certificate it has
     */
    List<String> command(
            Workbench workbench,
            List<String> launcherOptions,
            InetSocketAddress controlPlane,
            String address,
            String workload) {
        List<String> mesh =
                List.of(
                        "-jar",
                        jar().toString(),
                        "--mode",
                        "sidecar",
                        "--manager",
                        Addresses.text(controlPlane),
                        "--address",
                        address,
                        "--namespace",
                        "default",
                        "--workload",
                        workload,
                        "--name",
                        workload + "-1",
                        "--service-account",
                        workload,
                        "--labels",
                        "app=" + workload + ",version=v1",
                        "--ca-address",
                        Addresses.AUTHORITY,
                        "--ca-roots",
                        workbench.credentials().roots().toString(),
                        "--identity-directory",
                        workbench.credentials().of(workload).toString(),
                        "--concurrency",
                        "1",
                        "--access-log",
                        "off",
                        "--state-directory",
                        workbench.file(workload + "-state").toString());
        return Stream.of(List.of(workbench.java().toString()), launcherOptions, mesh)
                .flatMap(List::stream)
                .toList();
    }
}
