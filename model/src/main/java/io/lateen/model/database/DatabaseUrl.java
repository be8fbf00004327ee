package io.lateen.model.database;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The address of a PostgreSQL database, as libpq and everybody else writes it: {@code
 * postgresql://user:password@host:port/database?parameter=value}. The password is percent-decoded
 * and never printed.
 *
 * @param parameters what follows {@code ?}, handed to the driver; empty if nothing
 */
public record DatabaseUrl(
        String user, String password, String server, String database, String parameters) {
    private static final int DEFAULT_PORT = 5432;
    private static final String EXPECTED =
            "expected postgresql://user:password@host:port/database; set --database-url or"
                    + " LATEEN_DATABASE_URL";

    /**
     * Reads an address.
     *
     * @throws RefusedDatabaseUrl with one sentence that says what is wrong with it
     */
    public static DatabaseUrl parse(@Nullable String text) {
        if (text == null || text.isBlank()) {
            throw refused("found no address of a database");
        }
        URI uri;
        try {
            uri = new URI(text.strip());
        } catch (URISyntaxException e) {
            throw refused("found an address that is no URL (" + e.getReason() + ")");
        }
        String scheme = uri.getScheme();
        if (!"postgresql".equals(scheme) && !"postgres".equals(scheme)) {
            throw refused("found the scheme '" + (scheme == null ? "" : scheme) + "'");
        }
        if (uri.getHost() == null) {
            throw refused("found no host, or a port that is no number,");
        }
        String path = uri.getPath() == null ? "" : uri.getPath();
        if (path.length() < 2 || path.indexOf('/', 1) >= 0) {
            throw refused("found no database's name after the host");
        }
        String userInfo = uri.getRawUserInfo();
        if (userInfo == null || userInfo.isEmpty() || userInfo.startsWith(":")) {
            throw refused("found no user before the host");
        }
        int colon = userInfo.indexOf(':');
        String user = colon < 0 ? userInfo : userInfo.substring(0, colon);
        String password = colon < 0 ? "" : userInfo.substring(colon + 1);
        int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
        if (port == 0 || port > 65535) {
            throw refused("found the port " + port);
        }
        return new DatabaseUrl(
                decoded(user),
                decoded(password),
                uri.getHost() + ":" + port,
                path.substring(1),
                uri.getRawQuery() == null ? "" : uri.getRawQuery());
    }

    /** The form that the JDBC driver reads; user and password are handed over apart from it. */
    public String jdbcUrl() {
        return "jdbc:postgresql://"
                + server
                + "/"
                + java.net.URLEncoder.encode(database, StandardCharsets.UTF_8)
                + (parameters.isEmpty() ? "" : "?" + parameters);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "postgresql://" + user + "@" + server + "/" + database;
    }

    private static String decoded(String text) {
        // A plus is a plus here, not a blank: this is no form.
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static RefusedDatabaseUrl refused(String found) {
        return new RefusedDatabaseUrl("database-url: " + found + "; " + EXPECTED + ".");
    }
}
