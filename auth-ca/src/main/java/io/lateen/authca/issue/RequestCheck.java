package io.lateen.authca.issue;

import io.lateen.authca.issue.Outcome.Refused;
import io.lateen.authca.issue.Outcome.Why;
import io.lateen.identity.Pem;
import io.lateen.model.identity.SpiffeId;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/**
 * Reads a request (PKCS #10) and says whether its key may have a certificate of an identity.
 * Nothing but the key is taken from it: what else it names must not differ from what it gets.
 */
final class RequestCheck {

    private static final int LONGEST = 16 * 1024;
    private static final int LEAST_RSA_BITS = 2048;
    private static final int MOST_RSA_BITS = 8192;

    private static final Map<ASN1ObjectIdentifier, String> SIGNATURES =
            Map.of(
                    X9ObjectIdentifiers.ecdsa_with_SHA256, "ECDSA with SHA-256",
                    X9ObjectIdentifiers.ecdsa_with_SHA384, "ECDSA with SHA-384",
                    X9ObjectIdentifiers.ecdsa_with_SHA512, "ECDSA with SHA-512",
                    PKCSObjectIdentifiers.sha256WithRSAEncryption, "RSA with SHA-256",
                    PKCSObjectIdentifiers.sha384WithRSAEncryption, "RSA with SHA-384",
                    PKCSObjectIdentifiers.sha512WithRSAEncryption, "RSA with SHA-512");

    private static final List<ASN1ObjectIdentifier> CURVES =
            List.of(SECObjectIdentifiers.secp256r1, SECObjectIdentifiers.secp384r1);

    private RequestCheck() {}

    /** What came of it. */
    sealed interface Checked {

        /** A key that may be signed. */
        record Accepted(PublicKey key) implements Checked {}

        /** A request that is not signed. */
        record Rejected(Refused refusal) implements Checked {}
    }

    static Checked check(String pem, SpiffeId identity) {
        try {
            JcaPKCS10CertificationRequest request = read(pem);
            PublicKey key = request.getPublicKey();
            Optional<Refused> refusal = keyRefusal(request, key);
            if (refusal.isEmpty()) {
                refusal = signatureRefusal(request, key);
            }
            if (refusal.isEmpty()) {
                refusal = extensionsRefusal(request, identity);
            }
            return refusal.<Checked>map(Checked.Rejected::new)
                    .orElseGet(() -> new Checked.Accepted(key));
        } catch (Unreadable e) {
            return new Checked.Rejected(new Refused(Why.NOT_READABLE, "csr: " + e.reason));
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            // The parser's own words would say where in its code; ours say what was expected.
            return new Checked.Rejected(
                    new Refused(
                            Why.NOT_READABLE,
                            "csr: found something that is no certificate request, expected PKCS #10"
                                    + " as PEM"));
        }
    }

    private static JcaPKCS10CertificationRequest read(String pem) throws Unreadable, IOException {
        if (pem.length() > LONGEST) {
            throw new Unreadable(
                    "found " + pem.length() + " characters, expected at most " + LONGEST);
        }
        List<byte[]> blocks = new ArrayList<>(Pem.blocks("CERTIFICATE REQUEST", pem));
        blocks.addAll(Pem.blocks("NEW CERTIFICATE REQUEST", pem));
        if (blocks.size() != 1) {
            throw new Unreadable(
                    "found "
                            + blocks.size()
                            + " times -----BEGIN CERTIFICATE REQUEST-----, expected one");
        }
        return new JcaPKCS10CertificationRequest(blocks.getFirst());
    }

    private static Optional<Refused> keyRefusal(
            JcaPKCS10CertificationRequest request, PublicKey key) {
        return switch (key) {
            case ECPublicKey _ -> {
                Object curve = request.getSubjectPublicKeyInfo().getAlgorithm().getParameters();
                yield CURVES.contains(curve)
                        ? Optional.empty()
                        : refuse("csr.key: found the curve " + curve + ", expected P-256 or P-384");
            }
            case RSAPublicKey rsa -> {
                int bits = rsa.getModulus().bitLength();
                yield bits >= LEAST_RSA_BITS && bits <= MOST_RSA_BITS
                        ? Optional.empty()
                        : refuse(
                                "csr.key: found RSA of "
                                        + bits
                                        + " bits, expected "
                                        + LEAST_RSA_BITS
                                        + " to "
                                        + MOST_RSA_BITS
                                        + ", or ECDSA on P-256");
            }
            default ->
                    refuse(
                            "csr.key: found "
                                    + key.getAlgorithm()
                                    + ", expected ECDSA on P-256 or P-384, or RSA of 2048 bits");
        };
    }

    private static Optional<Refused> signatureRefusal(
            JcaPKCS10CertificationRequest request, PublicKey key) {
        ASN1ObjectIdentifier algorithm = request.getSignatureAlgorithm().getAlgorithm();
        if (!SIGNATURES.containsKey(algorithm)) {
            return refuse(
                    "csr.signature: found the algorithm "
                            + algorithm
                            + ", expected ECDSA or RSA with SHA-256 or better");
        }
        try {
            if (request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
                return Optional.empty();
            }
        } catch (PKCSException | OperatorCreationException e) {
            // Of another algorithm than the key, or no signature at all: told below.
        }
        return refuse("csr.signature: found one that is not by the request's key; sign it again");
    }

    private static Optional<Refused> extensionsRefusal(
            JcaPKCS10CertificationRequest request, SpiffeId identity) {
        if (request.getAttributes(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest).length > 1) {
            return refuse("csr.attributes: found several requests for extensions, expected one");
        }
        Extensions wished = request.getRequestedExtensions();
        if (wished == null) {
            return Optional.empty();
        }
        for (ASN1ObjectIdentifier each : wished.getExtensionOIDs()) {
            Optional<Refused> refusal = extensionRefusal(wished, each, identity);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    private static Optional<Refused> extensionRefusal(
            Extensions wished, ASN1ObjectIdentifier each, SpiffeId identity) {
        if (each.equals(Extension.subjectAlternativeName)) {
            return nameRefusal(GeneralNames.fromExtensions(wished, each), identity);
        }
        if (each.equals(Extension.basicConstraints)) {
            return BasicConstraints.fromExtensions(wished).isCA()
                    ? refuse(
                            "csr.basicConstraints: found CA:true, expected none: authorities are"
                                    + " not issued here")
                    : Optional.empty();
        }
        if (each.equals(Extension.keyUsage)) {
            return KeyUsage.fromExtensions(wished).hasUsages(KeyUsage.keyCertSign)
                    ? refuse(
                            "csr.keyUsage: found keyCertSign, expected none: authorities are not"
                                    + " issued here")
                    : Optional.empty();
        }
        // Every certificate is for clients and servers, whatever the request says of it.
        boolean harmless =
                each.equals(Extension.extendedKeyUsage)
                        || each.equals(Extension.subjectKeyIdentifier);
        return harmless
                ? Optional.empty()
                : refuse(
                        "csr.extensions: found "
                                + each
                                + ", expected no other than the subject's name");
    }

    private static Optional<Refused> nameRefusal(GeneralNames names, SpiffeId identity) {
        for (GeneralName name : names.getNames()) {
            String value = name.getName().toString();
            if (name.getTagNo() != GeneralName.uniformResourceIdentifier) {
                return refuse(
                        "csr.subjectAltName: found the name "
                                + value
                                + ", expected "
                                + identity
                                + " alone, or none");
            }
            if (!value.equals(identity.toString())) {
                return Optional.of(
                        new Refused(
                                Why.FOREIGN_IDENTITY,
                                "csr.subjectAltName: found "
                                        + value
                                        + ", but the credential is of "
                                        + identity
                                        + "; ask for that, or leave it out"));
            }
        }
        return Optional.empty();
    }

    private static Optional<Refused> refuse(String reason) {
        return Optional.of(new Refused(Why.NOT_SIGNABLE, reason));
    }

    private static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;
        private final String reason;

        Unreadable(String reason) {
            super(reason);
            this.reason = reason;
        }
    }
}
