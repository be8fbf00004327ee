package io.lateen.samples.bookinfo;

import java.io.IOException;
import java.net.BindException;

/**
 * Starts one service of the sample application: {@code bookinfo reviews v2}.
 *
 * <p>Stops on SIGTERM, after the requests under way have been answered. Exits with 2 on wrong
 * arguments and 1 when it cannot listen.
 */
public final class Bookinfo {

    private Bookinfo() {}

    /** Runs the service that {@code arguments} name, until the process is told to stop. */
    public static void main(String[] arguments) {
        // Read by the JDK's server and client when their classes load, so set before either does.
        // Without the first, a reply waits 40 ms for the acknowledgement of its own head.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "1024");
        // Longer than any proxy keeps a pooled connection: the proxy closes first, never
        // mid-request.
        System.setProperty("sun.net.httpserver.idleInterval", "3600");
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) {
        Settings settings;
        try {
            settings = Settings.parse(arguments, System.getenv());
        } catch (IllegalArgumentException e) {
            System.err.println("bookinfo: " + e.getMessage());
            return 2;
        }
        try (WebServer server = WebServer.listen(settings.listen(), endpointOf(settings))) {
            System.out.printf(
                    "%s %s listens on http:/%s%n",
                    settings.role().serviceName(), settings.version(), server.address());
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop"));
            Thread.currentThread().join();
            return 0;
        } catch (BindException e) {
            System.err.printf(
                    "bookinfo: cannot listen on %s: %s; choose another BIND_ADDRESS or PORT%n",
                    settings.listen(), e.getMessage());
            return 1;
        } catch (IOException e) {
            System.err.println("bookinfo: cannot start: " + e.getMessage());
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    /** The service that {@code settings} name. */
    static Endpoint endpointOf(Settings settings) {
        Instance instance = settings.instance();
        Backends backends = new Backends(settings.proxy(), settings.backends());
        return switch (settings.role()) {
            case PRODUCTPAGE -> new ProductPage(instance, backends);
            case DETAILS -> new Details(instance);
            case REVIEWS -> new Reviews(instance, Stars.of(settings.version()), backends);
            case RATINGS -> new Ratings(instance);
        };
    }
}
