package io.lateen.testkit.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a test may expect of the embedded PostgreSQL. */
final class EmbeddedDatabaseTest {
    @RegisterExtension static final EmbeddedDatabase DATABASE = new EmbeddedDatabase();

    @Test
    void servesAnEmptyDatabaseOfVersion18() throws SQLException {
        assertThat(ask(DATABASE.url(), "select current_setting('server_version_num')::int / 10000"))
                .isEqualTo("18");
        assertThat(ask(DATABASE.url(), "select count(*) from pg_tables where schemaname='public'"))
                .isEqualTo("0");
    }

    @Test
    void givesADatabaseOfItsOwnToWhoeverAsks() {
        assertThat(EmbeddedDatabase.fresh()).isNotEqualTo(EmbeddedDatabase.fresh());
    }

    @Test
    void keepsDataAndPortAcrossAStop() throws Exception {
        try (PostgresServer server = PostgresServer.start()) {
            String url = server.createDatabase("kept");
            ask(url, "create table t as select 42 as answer; select 1");

            server.stop();
            assertThatThrownBy(() -> ask(url, "select 1")).isInstanceOf(SQLException.class);
            server.resume();

            assertThat(ask(url, "select answer from t")).isEqualTo("42");
        }
    }

    private static String ask(String url, String sql) throws SQLException {
        URI uri = URI.create(url);
        try (Connection connection =
                        DriverManager.getConnection(
                                "jdbc:postgresql://127.0.0.1:" + uri.getPort() + uri.getPath(),
                                "postgres",
                                "postgres");
                var statement = connection.createStatement()) {
            statement.execute(sql);
            while (statement.getResultSet() == null) {
                statement.getMoreResults();
            }
            var rows = statement.getResultSet();
            rows.next();
            return rows.getString(1);
        }
    }
}
