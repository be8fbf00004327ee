package io.lateen.bench.proxy;

import java.nio.file.Path;

/**
 * What every system is set up with.
 *
 * @param project the project's root, from which built programs are taken
 * @param folder for configuration and logs, made anew for each run
 * @param java the JDK's launcher
 * @param credentials of the two workloads
 * @param proxyCpu where the systems under test run, one worker each
 * @param loadCpu where the load and the upstream run
 */
public record Workbench(
        Path project, Path folder, Path java, Credentials credentials, int proxyCpu, int loadCpu) {

    /** A workbench in an empty folder. */
    public static Workbench in(Path project, Path folder, Path java, int proxyCpu, int loadCpu) {
        return new Workbench(
                project,
                folder,
                java,
                Credentials.make(folder.resolve("certificates")),
                proxyCpu,
                loadCpu);
    }

    /** The CPU of the systems under test, as taskset spells it. */
    String oneCpu() {
        return Integer.toString(proxyCpu);
    }

    /** All that a program finds when nothing is measured beside it. */
    String allCpus() {
        return proxyCpu + "," + loadCpu;
    }

    Path file(String name) {
        return folder.resolve(name);
    }
}
