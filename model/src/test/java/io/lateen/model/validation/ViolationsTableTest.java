package io.lateen.model.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.model.codec.Decoded;
import io.lateen.model.codec.ResourceCodec;
import io.lateen.testkit.golden.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tables of small documents and everything that is wrong with each. {@code cases/X.yaml} holds the
 * documents, named after their case; {@code cases/X.violations} what is found. A case whose name
 * ends in {@code is-right} or {@code are-right} is accepted, every other one refused.
 */
class ViolationsTableTest {

    private static final Path CASES = Path.of("src/test/resources/cases");

    private final ResourceCodec codec = new ResourceCodec();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "metadata",
                "virtual-service-whole",
                "http-outcome",
                "http-match",
                "http-policies",
                "connection-routes",
                "destination-rule",
                "service-entry",
                "workload-entry",
                "gateway",
                "peer-authentication",
                "authorization-policy",
                "rate-limit",
                "not-supported-yet",
            })
    void findsEverythingThatIsWrong(String table) throws IOException {
        List<Decoded> decoded = codec.decodeAll(Files.readString(CASES.resolve(table + ".yaml")));

        assertThat(decoded).hasSizeGreaterThan(3);
        StringBuilder found = new StringBuilder();
        for (Decoded document : decoded) {
            found.append(describe(document));
            if (document.subject().endsWith("right")) {
                assertThat(document).as(document.subject()).isInstanceOf(Decoded.Accepted.class);
            }
        }
        Golden.in("cases").matches(table + ".violations", found.toString());
    }

    private static String describe(Decoded decoded) {
        StringBuilder lines = new StringBuilder(decoded.subject()).append('\n');
        switch (decoded) {
            case Decoded.Accepted accepted -> {
                lines.append("  accepted\n");
                accepted.warnings()
                        .forEach(
                                warning -> lines.append("  warning ").append(warning).append('\n'));
            }
            case Decoded.Refused refused -> {
                refused.violations()
                        .forEach(violation -> lines.append("  ").append(violation).append('\n'));
                refused.warnings()
                        .forEach(
                                warning -> lines.append("  warning ").append(warning).append('\n'));
            }
        }
        return lines.toString();
    }
}
