package io.lateen.authca.authority;

import io.lateen.model.identity.SpiffeId;
import io.lateen.model.identity.TrustDomain;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes certificates (RFC 5280, X509-SVID): ECDSA on P-256 with SHA-256. */
final class Certificates {

    /** A clock that is this far behind still takes a new certificate. */
    private static final Duration BACK_DATED = Duration.ofMinutes(5);

    private static final String SIGNATURE = "SHA256withECDSA";

    /** Bits of a serial number: nobody guesses the next one, and no two are the same. */
    private static final int SERIAL_BITS = 127;

    private Certificates() {}

    /** A new root, which may sign workloads' certificates and no further authorities. */
    static Root root(TrustDomain domain, Duration lifetime, Instant now, SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            KeyPair key = generator.generateKeyPair();
            X500Name name = new X500Name("O=" + domain + ",CN=Lateen root");
            X509v3CertificateBuilder builder =
                    new JcaX509v3CertificateBuilder(
                            name,
                            serial(random),
                            Date.from(now.minus(BACK_DATED)),
                            Date.from(now.plus(lifetime)),
                            name,
                            key.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(
                    Extension.keyUsage,
                    true,
                    new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createSubjectKeyIdentifier(key.getPublic()));
            // X509-SVID §3: an authority's certificate names its trust domain.
            builder.addExtension(
                    Extension.subjectAlternativeName, false, uri("spiffe://" + domain));
            return new Root(sign(builder, key.getPrivate(), random), key.getPrivate());
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException("the root's certificate could not be made", e);
        }
    }

    /** A workload's certificate. */
    static X509Certificate workload(
            Root root,
            PublicKey key,
            SpiffeId identity,
            Instant now,
            Instant notAfter,
            SecureRandom random) {
        try {
            X509v3CertificateBuilder builder =
                    new JcaX509v3CertificateBuilder(
                            root.certificate(),
                            serial(random),
                            Date.from(now.minus(BACK_DATED)),
                            Date.from(notAfter),
                            new X500Name(""),
                            key);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(
                    Extension.extendedKeyUsage,
                    false,
                    new ExtendedKeyUsage(
                            new KeyPurposeId[] {
                                KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
                            }));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(root.certificate()));
            // Critical, because the subject is empty (RFC 5280 §4.2.1.6).
            builder.addExtension(Extension.subjectAlternativeName, true, uri(identity.toString()));
            return sign(builder, root.key(), random);
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException("a workload's certificate could not be made", e);
        }
    }

    private static GeneralNames uri(String uri) {
        return new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, uri));
    }

    private static BigInteger serial(SecureRandom random) {
        // The highest bit is set, so that all have the same length; the one above is not: positive.
        return new BigInteger(SERIAL_BITS - 1, random).setBit(SERIAL_BITS - 1);
    }

    private static X509Certificate sign(
            X509v3CertificateBuilder builder, PrivateKey by, SecureRandom random)
            throws GeneralSecurityException, OperatorCreationException {
        return new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(
                                new JcaContentSignerBuilder(SIGNATURE)
                                        .setSecureRandom(random)
                                        .build(by)));
    }
}
