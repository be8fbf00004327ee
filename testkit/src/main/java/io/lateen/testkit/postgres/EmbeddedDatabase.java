package io.lateen.testkit.postgres;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * JUnit extension that hands each test class a fresh, empty database on a PostgreSQL which all
 * classes of a JVM share.
 *
 * <pre>{@code
 * @RegisterExtension static final EmbeddedDatabase DATABASE = new EmbeddedDatabase();
 * }</pre>
 *
 * A test that stops PostgreSQL takes a {@link PostgresServer} of its own instead.
 */
public final class EmbeddedDatabase implements BeforeAllCallback {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private @Nullable String url;

    @Override
    public void beforeAll(ExtensionContext context) {
        if (url == null) {
            url = fresh();
        }
    }

    /** The address of the class's database: {@code postgresql://user:password@host:port/name}. */
    public String url() {
        if (url == null) {
            throw new IllegalStateException(
                    "EmbeddedDatabase: found no database before the class was set up; expected a"
                            + " static field with @RegisterExtension");
        }
        return url;
    }

    /** A further empty database on the shared server. */
    public static String fresh() {
        return Shared.SERVER.createDatabase("test_" + COUNT.incrementAndGet());
    }

    private static final class Shared {
        static final PostgresServer SERVER = PostgresServer.start();
    }
}
