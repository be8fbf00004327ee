package io.lateen.bench.proxy;

import java.nio.file.Path;

/**
 * What every system is set up with.
 *
 * @param project the project's root, from which built programs are taken
 * @param folder for configuration and logs, made anew for each run
 * @param java the JDK's launcher
 * @param proxyCpu where the systems under test run, one worker each
 * @param loadCpu where the load and the upstream run
 */
public record Workbench(Path project, Path folder, Path java, int proxyCpu, int loadCpu) {

    Path file(String name) {
        return folder.resolve(name);
    }
}
