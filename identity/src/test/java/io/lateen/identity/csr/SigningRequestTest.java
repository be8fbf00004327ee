package io.lateen.identity.csr;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.identity.Pem;
import io.lateen.model.identity.SpiffeId;
import io.lateen.model.identity.TrustDomain;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningRequestTest {

    private static final SpiffeId REVIEWS =
            new SpiffeId(TrustDomain.DEFAULT, "default", "bookinfo-reviews");

    @TempDir private Path folder;

    @Test
    void isVerifiedByOpenssl() throws Exception {
        SigningRequest request = SigningRequest.make(Optional.of(REVIEWS), new SecureRandom());

        String seen = openssl(request);

        assertThat(seen)
                .contains("Certificate request self-signature verify OK")
                .contains("ASN1 OID: prime256v1")
                .contains("Signature Algorithm: ecdsa-with-SHA256")
                .contains("X509v3 Subject Alternative Name")
                .contains("URI:" + REVIEWS);
    }

    @Test
    void isVerifiedByOpensslWithoutAName() throws Exception {
        SigningRequest request = SigningRequest.make(Optional.empty(), new SecureRandom());

        assertThat(openssl(request))
                .contains("Certificate request self-signature verify OK")
                .doesNotContain("Alternative Name");
    }

    @Test
    void isReadByBouncyCastle() throws Exception {
        SigningRequest request = SigningRequest.make(Optional.of(REVIEWS), new SecureRandom());

        JcaPKCS10CertificationRequest read =
                new JcaPKCS10CertificationRequest(
                        Pem.blocks("CERTIFICATE REQUEST", request.pem()).getFirst());

        assertThat(
                        read.isSignatureValid(
                                new JcaContentVerifierProviderBuilder().build(read.getPublicKey())))
                .isTrue();
        assertThat(read.getPublicKey()).isEqualTo(request.key().getPublic());
        GeneralNames names =
                GeneralNames.fromExtensions(
                        read.getRequestedExtensions(), Extension.subjectAlternativeName);
        assertThat(names.getNames())
                .containsExactly(
                        new GeneralName(GeneralName.uniformResourceIdentifier, REVIEWS.toString()));
    }

    @Test
    void hasANewKeyEachTimeAndDoesNotPrintIt() {
        SigningRequest one = SigningRequest.make(Optional.empty(), new SecureRandom());
        SigningRequest other = SigningRequest.make(Optional.empty(), new SecureRandom());

        assertThat(one.key().getPrivate()).isNotEqualTo(other.key().getPrivate());
        assertThat(one.toString()).isEqualTo("SigningRequest[-----BEGIN CERTIFICATE REQUEST-----]");
    }

    private String openssl(SigningRequest request) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("request.pem"), request.pem());
        Process process =
                new ProcessBuilder(
                                "openssl",
                                "req",
                                "-verify",
                                "-noout",
                                "-text",
                                "-in",
                                file.toString())
                        .redirectErrorStream(true)
                        .start();
        String seen = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(seen).isZero();
        return seen;
    }
}
