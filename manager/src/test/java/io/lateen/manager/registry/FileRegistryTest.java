package io.lateen.manager.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.model.service.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The registry of a file. */
final class FileRegistryTest implements ServiceRegistryContract {

    @TempDir Path folder = Path.of("");
    private Path file = Path.of("");
    private FileRegistry registry = new FileRegistry(file, "cluster.local");

    @BeforeEach
    void empty() throws IOException {
        file = folder.resolve("services.yaml");
        registry = new FileRegistry(file, "cluster.local");
        write("services: []\n");
    }

    @Override
    public ServiceRegistry registry() {
        return registry;
    }

    @Override
    public void serve(String... addresses) throws IOException {
        String endpoints =
                Arrays.stream(addresses)
                        .map(
                                address ->
                                        "  - {address: %s, labels: {version: v1}}%n"
                                                .formatted(address))
                        .collect(Collectors.joining());
        write(
                """
                services:
                - name: reviews
                  ports:
                  - {number: 9080, name: http, protocol: HTTP, targetPort: 15006}
                  endpoints:
                """
                        + endpoints);
    }

    @Override
    public void lose() throws IOException {
        Files.delete(file);
        registry.look();
    }

    @Test
    void aFileThatIsGoneIsSaidToBeStale() throws IOException {
        serve("127.0.1.3");

        lose();

        assertThat(registry.read().stale()).isTrue();
        assertThat(registry.read().problems())
                .singleElement()
                .asString()
                .contains("services.yaml", "cannot be read");
    }

    @Test
    void anEmptyFileIsTakenForALossNotForAMeshWithoutServices() throws IOException {
        serve("127.0.1.3");

        write("");

        assertThat(registry.read().stale()).isTrue();
        assertThat(registry.read().catalog().endpoints()).hasSize(1);
    }

    @Test
    void everyFaultOfABadFileIsNamedAndTheLastGoodStays() throws IOException {
        serve("127.0.1.3");

        write(
                """
                services:
                - name: reviews
                  port: 80
                  ports:
                  - {number: 99999, name: http, protocol: SPDY}
                  endpoints:
                  - {ports: {grpc: 1}}
                """);

        assertThat(registry.read().catalog().endpoints())
                .extracting(Endpoint::address)
                .containsExactly("127.0.1.3");
        assertThat(registry.read().problems())
                .hasSize(5)
                .anySatisfy(fault -> assertThat(fault).contains("services[0].port: "))
                .anySatisfy(fault -> assertThat(fault).contains("number: found 99999"))
                .anySatisfy(fault -> assertThat(fault).contains("protocol: found \"SPDY\""))
                .anySatisfy(fault -> assertThat(fault).contains("address: found nothing"))
                .anySatisfy(fault -> assertThat(fault).contains("ports: found \"grpc\""));
    }

    @Test
    void whatIsNoYamlIsNamedWithItsLine() throws IOException {
        write("services:\n- {name: reviews\n");

        assertThat(registry.read().problems()).singleElement().asString().contains("line ");
    }

    @Test
    void aFileThatIsGoodAgainIsNoLongerStale() throws IOException {
        serve("127.0.1.3");
        lose();

        serve("127.0.1.4");

        assertThat(registry.read().stale()).isFalse();
        assertThat(registry.read().catalog().endpoints())
                .extracting(Endpoint::address)
                .containsExactly("127.0.1.4");
    }

    private void write(String text) throws IOException {
        Files.writeString(file, text);
        registry.look();
    }
}
