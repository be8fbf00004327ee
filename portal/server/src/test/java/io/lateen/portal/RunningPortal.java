package io.lateen.portal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;

/** The portal inside the test's process, on a free port, with a state folder of its own. */
public final class RunningPortal implements AutoCloseable {
    private final ConfigurableApplicationContext context;
    private final Path state;

    private RunningPortal(ConfigurableApplicationContext context, Path state) {
        this.context = context;
        this.state = state;
    }

    /** Starts a portal on a database, with further settings as command-line arguments. */
    public static RunningPortal on(String databaseUrl, String... settings) {
        return at(Clock.systemUTC(), databaseUrl, stateFolder(), settings);
    }

    /** Starts a portal that takes the time from a clock and its state from a folder. */
    public static RunningPortal at(
            Clock clock, String databaseUrl, Path state, String... settings) {
        List<String> arguments = new ArrayList<>();
        arguments.add("--database-url=" + databaseUrl);
        arguments.add("--lateen.state-directory=" + state);
        arguments.addAll(List.of(settings));
        if (arguments.stream().noneMatch(each -> each.startsWith("--server.port="))) {
            arguments.add("--server.port=0");
        }
        var application = new SpringApplication(PortalConfiguration.class);
        application.setRegisterShutdownHook(false);
        application.addInitializers(
                context -> {
                    var beans = (GenericApplicationContext) context;
                    beans.registerBean(Clock.class, () -> clock);
                    // Event loops of its own: a portal that stops would stop those of all others.
                    beans.registerBean(
                            ReactorResourceFactory.class, RunningPortal::resourcesOfItsOwn);
                });
        return new RunningPortal(application.run(arguments.toArray(String[]::new)), state);
    }

    private static ReactorResourceFactory resourcesOfItsOwn() {
        var resources = new ReactorResourceFactory();
        resources.setUseGlobalResources(false);
        return resources;
    }

    /** An empty folder. */
    public static Path stateFolder() {
        try {
            return Files.createTempDirectory("lateen-portal-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it is. */
    public String url() {
        return "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
    }

    /** The first administrator's password. */
    public String initialPassword() {
        try {
            return Files.readString(state.resolve("initial-password")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder of its state. */
    public Path state() {
        return state;
    }

    /** A bean of the running application. */
    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** A browser that nobody has signed in with. */
    public Browser browser() {
        return new Browser(url());
    }

    /** A browser with the first administrator signed in. */
    public Browser administrator() {
        Browser browser = browser();
        browser.signIn("admin", initialPassword());
        return browser;
    }

    @Override
    public void close() {
        context.close();
    }
}
