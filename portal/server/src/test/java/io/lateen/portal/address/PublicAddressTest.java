package io.lateen.portal.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where plain HTTP is let, and whose pages are ours. */
final class PublicAddressTest {
    private static final PublicAddress LAPTOP =
            new PublicAddress(URI.create("http://127.0.0.1:8080"));
    private static final PublicAddress REAL = new PublicAddress(URI.create("https://Mesh.example"));

    @Test
    void plainHttpIsForLoopbackAlone() {
        for (String url :
                List.of(
                        "http://mesh.example",
                        "http://10.0.0.1:8080",
                        "http://127.0.0.1.evil.example")) {
            assertThatThrownBy(() -> new PublicAddress(URI.create(url)))
                    .as(url)
                    .hasMessageContaining("expected https");
        }
        for (String url :
                List.of("mesh.example", "ftp://mesh.example", "https://mesh.example/portal")) {
            assertThatThrownBy(() -> new PublicAddress(URI.create(url)))
                    .as(url)
                    .hasMessageContaining("expected https");
        }
    }

    @Test
    void onALaptopAnyLoopbackAddressIsOurs() {
        for (String host :
                List.of("127.0.0.1:8080", "localhost:9999", "127.0.7.1:8080", "[::1]:80")) {
            assertThat(LAPTOP.isOurs("http://" + host, host)).as(host).isTrue();
        }
        assertThat(LAPTOP.isOurs("http://localhost:1", "localhost:2")).isFalse();
        assertThat(LAPTOP.isOurs("http://evil.example:8080", "evil.example:8080"))
                .as("a name that leads to 127.0.0.1")
                .isFalse();
        assertThat(LAPTOP.isOurs("null", "127.0.0.1:8080")).isFalse();
        assertThat(LAPTOP.isOurs("http://127.0.0.1:8080", null)).isFalse();
    }

    @Test
    void behindTlsOneOriginIsOursWhateverTheHost() {
        assertThat(REAL.isOurs("https://mesh.example", "portal:8080")).isTrue();
        assertThat(REAL.isOurs("http://mesh.example", "mesh.example")).isFalse();
        assertThat(REAL.isOurs("https://sub.mesh.example", "sub.mesh.example")).isFalse();
    }
}
