package io.lateen.cli.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How PostgreSQL is run, which refuses root.
 *
 * <p>An ordinary user runs it as it is. Root runs it in a user namespace of its own, where nobody
 * is root and root's files are still its own; where a host allows no such namespace, as the user
 * nobody, to whom the data is then given.
 */
final class Unprivileged {

    private static final String NOBODY = "65534";

    private final List<String> prefix;
    private final boolean givesDataAway;

    private Unprivileged(List<String> prefix, boolean givesDataAway) {
        this.prefix = List.copyOf(prefix);
        this.givesDataAway = givesDataAway;
    }

    /**
     * The way that works here.
     *
     * @param binaries must be reachable for it
     * @throws IOException when we are root and no way works
     */
    static Unprivileged find(Path binaries) throws IOException, InterruptedException {
        if (!isRoot()) {
            return new Unprivileged(List.of(), false);
        }
        String postgres = binaries.resolve("bin/postgres").toString();
        List<String> namespace = List.of("unshare", "--user");
        if (succeeds(namespace, postgres, "--version")) {
            return new Unprivileged(namespace, false);
        }
        List<String> nobody =
                List.of(
                        "setpriv",
                        "--reuid=" + NOBODY,
                        "--regid=" + NOBODY,
                        "--clear-groups",
                        // Changing the user makes the kernel forget the one that was asked for.
                        "--pdeathsig=INT");
        if (succeeds(nobody, postgres, "--version")) {
            return new Unprivileged(nobody, true);
        }
        throw new IOException(
                ("PostgreSQL refuses to run as root, and here root can neither make a user namespace"
                                + " nor run %s as nobody; start as an ordinary user, or name a"
                                + " server with --database-url")
                        .formatted(postgres));
    }

    private static boolean isRoot() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    }

    private static boolean succeeds(List<String> prefix, String... command)
            throws InterruptedException {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(List.of(command));
        try {
            return new ProcessBuilder(all)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** {@code command} as a command that runs unprivileged. */
    List<String> command(List<String> command) {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(command);
        return all;
    }

    /** Gives {@code folder} to whoever PostgreSQL runs as. */
    void giveAccess(Path folder) throws IOException, InterruptedException {
        if (givesDataAway && !succeeds(List.of(), "chown", "-R", NOBODY, folder.toString())) {
            throw new IOException("cannot give %s to the user nobody".formatted(folder));
        }
    }
}
