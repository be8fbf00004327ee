package io.lateen.sidecar.overload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FileLimitTest {

    @Test
    void halfOfTheFilesAreForClients() {
        assertThat(
                        limit(
                                "Max open files            20000                20000                files"))
                .isEqualTo(10_000);
        assertThat(
                        limit(
                                "Max open files            100                  100                  files"))
                .as("never so few that nothing works")
                .isEqualTo(64);
    }

    @Test
    void whereNothingIsSaidItIsAUsualNumber() {
        assertThat(
                        limit(
                                "Max open files            unlimited            unlimited            files"))
                .isEqualTo(10_000);
        assertThat(FileLimit.connections(List.of())).isEqualTo(10_000);
    }

    private static int limit(String line) {
        return FileLimit.connections(
                List.of("Limit                     Soft Limit           Hard Limit", line));
    }
}
