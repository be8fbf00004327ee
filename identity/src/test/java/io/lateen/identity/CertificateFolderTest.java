package io.lateen.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lateen.testkit.certificate.ScriptedAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateFolderTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final ScriptedAuthority AUTHORITY = ScriptedAuthority.root("cluster.local", NOW);

    @TempDir private Path temporary;

    @Test
    void givesBackWhatItWasGiven() throws Exception {
        CertificateFolder folder = new CertificateFolder(temporary.resolve("identity"));
        WorkloadCertificate certificate = certificate("reviews");
        folder.save(certificate("ratings"));

        folder.save(certificate);

        assertThat(folder.exists()).isTrue();
        assertThat(folder.load()).isEqualTo(certificate);
    }

    @Test
    void showsTheKeyToNobodyElse() throws Exception {
        Path place = temporary.resolve("identity");

        new CertificateFolder(place).save(certificate("reviews"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(place)))
                .isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(place)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(3);
            for (Path file : all) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.toString())
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    void saysWhatIsWrongWithAFile() throws Exception {
        CertificateFolder folder = new CertificateFolder(temporary);
        folder.save(certificate("reviews"));
        Files.writeString(temporary.resolve("key.pem"), "nonsense");

        assertThatThrownBy(folder::load)
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining("found 0 times -----BEGIN PRIVATE KEY-----");
    }

    @Test
    void aCertificateDoesNotPrintItsKey() throws Exception {
        WorkloadCertificate certificate = certificate("reviews");

        assertThat(certificate.toString())
                .matches(
                        "identity=spiffe://cluster.local/ns/default/sa/reviews serial=[0-9a-f]+"
                                + " notAfter=2026-11-24T13:00:00Z");
    }

    private static WorkloadCertificate certificate(String account)
            throws CertificateException, IOException {
        ScriptedAuthority.Leaf leaf =
                AUTHORITY.issue("spiffe://cluster.local/ns/default/sa/" + account, NOW);
        return WorkloadCertificate.of(leaf.key(), leaf.chain(), List.of(AUTHORITY.certificate()));
    }
}
