package io.lateen.start;

import org.springframework.core.env.Environment;

/** Where a program's database is, as the user says it. */
public final class Databases {
    private Databases() {}

    /** {@code --database-url}, else {@code LATEEN_DATABASE_URL}; empty if neither was given. */
    public static String address(Environment environment) {
        return environment.getProperty(
                "database-url", environment.getProperty("lateen.database-url", ""));
    }
}
