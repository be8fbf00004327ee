package io.lateen.model.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the address of the database is read. */
final class DatabaseUrlTest {
    @Test
    void readsEveryPart() {
        var url =
                DatabaseUrl.parse(
                        "postgresql://la%40teen:p%2Fw+1@db.local:6543/mesh?sslmode=require");

        assertThat(url.user()).isEqualTo("la@teen");
        assertThat(url.password()).isEqualTo("p/w+1");
        assertThat(url.jdbcUrl()).isEqualTo("jdbc:postgresql://db.local:6543/mesh?sslmode=require");
    }

    @Test
    void fillsInThePort() {
        assertThat(DatabaseUrl.parse("postgresql://u:p@host/db").jdbcUrl())
                .isEqualTo("jdbc:postgresql://host:5432/db");
    }

    @Test
    void readsAnAddressOfVersionSix() {
        assertThat(DatabaseUrl.parse("postgresql://u@[::1]:5433/db").jdbcUrl())
                .isEqualTo("jdbc:postgresql://[::1]:5433/db");
    }

    @Test
    void neverPrintsThePassword() {
        assertThat(DatabaseUrl.parse("postgresql://u:secret@host/db").toString())
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            textBlock =
                    """
                    -,                             found no address
                    '',                            found no address
                    mysql://u:p@h/db,              found the scheme 'mysql'
                    jdbc:postgresql://h/db,        found the scheme 'jdbc'
                    postgresql:///db,              found no host
                    postgresql://u:p@h:x/db,       found no host
                    postgresql://u:p@h,            found no database
                    postgresql://h/db,             found no user
                    postgresql://u:p@h:70000/db,   found the port 70000
                    postgresql://u:p@h /db,        found an address that is no URL
                    """)
    void refusesWithOneSentence(String text, String why) {
        assertThatThrownBy(() -> DatabaseUrl.parse(text))
                .isInstanceOf(RefusedDatabaseUrl.class)
                .hasMessageContaining(why)
                .hasMessageContaining("--database-url")
                .message()
                .doesNotContain("\n")
                .endsWith(".");
    }
}
