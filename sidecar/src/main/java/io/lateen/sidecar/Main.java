package io.lateen.sidecar;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import reactor.netty.ChannelBindException;

/** The program. */
public final class Main {

    private static final int WRONG_SETTINGS = 2;
    private static final int CANNOT_START = 1;

    private Main() {}

    /** Runs a sidecar until it is told to end (SIGTERM, SIGINT). */
    public static void main(String[] arguments) throws InterruptedException {
        Logging.install();
        SettingsParser.Parsed parsed =
                SettingsParser.parse(
                        List.of(arguments), System::getenv, System.currentTimeMillis());
        switch (parsed) {
            case SettingsParser.Parsed.Help() -> System.out.print(Help.TEXT);
            case SettingsParser.Parsed.Refused(var violations) -> {
                violations.forEach(each -> System.err.println(each.message()));
                System.err.println("sidecar --help lists every flag.");
                System.exit(WRONG_SETTINGS);
            }
            case SettingsParser.Parsed.Accepted(Settings settings) -> run(settings);
        }
    }

    private static void run(Settings settings) throws InterruptedException {
        Logging.configure(settings.logLevel());
        try {
            Sidecar sidecar = Sidecar.start(settings, version(), () -> System.exit(0));
            Runtime.getRuntime().addShutdownHook(new Thread(sidecar::close, "lateen-shutdown"));
        } catch (ChannelBindException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            System.err.println(
                    "cannot listen on %s:%d: %s; free the port, or give this sidecar an address of its own with --address"
                            .formatted(e.localHost(), e.localPort(), cause.getMessage()));
            System.exit(CANNOT_START);
        } catch (IOException e) {
            System.err.println("a file of the sidecar's cannot be written: " + e.getMessage());
            System.exit(CANNOT_START);
        }
        // Event loops carry everything from here on; a signal ends the program.
        new CountDownLatch(1).await();
    }

    private static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }
}
