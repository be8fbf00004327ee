package io.lateen.testkit.certificate;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A root of its own, and certificates by it: ECDSA on P-256. Each certificate has a new serial
 * number.
 */
public final class ScriptedAuthority {

    private static final Duration ROOT_LIFETIME = Duration.ofDays(3650);
    private final AtomicLong serials = new AtomicLong(1000);
    private final String name;
    private final KeyPair key;
    private final List<X509Certificate> above;
    private final X509Certificate certificate;

    private ScriptedAuthority(
            String name, KeyPair key, X509Certificate certificate, List<X509Certificate> above) {
        this.name = name;
        this.key = key;
        this.certificate = certificate;
        this.above = above;
    }

    /** A key and the certificates that go with it, leaf first, without the root. */
    public record Leaf(PrivateKey key, List<X509Certificate> chain) {}

    /**
     * What a certificate is to say.
     *
     * @param uris subject's other names
     * @param dnsNames subject's other names
     * @param authority whether it may sign others
     * @param client whether it is for clients
     * @param server whether it is for servers
     */
    public record Wish(
            List<String> uris,
            List<String> dnsNames,
            Instant notBefore,
            Instant notAfter,
            boolean authority,
            boolean client,
            boolean server) {

        /** A workload's, in force for an hour from {@code now}. */
        public static Wish workload(String uri, Instant now) {
            return new Wish(
                    List.of(uri),
                    List.of(),
                    now.minusSeconds(60),
                    now.plusSeconds(3600),
                    false,
                    true,
                    true);
        }

        /** The same with other URIs. */
        public Wish withUris(String... others) {
            return new Wish(
                    List.of(others), dnsNames, notBefore, notAfter, authority, client, server);
        }

        /** The same with DNS names. */
        public Wish withDnsNames(String... others) {
            return new Wish(uris, List.of(others), notBefore, notAfter, authority, client, server);
        }

        /** The same in force between two moments. */
        public Wish between(Instant from, Instant to) {
            return new Wish(uris, dnsNames, from, to, authority, client, server);
        }

        /** The same as an authority's. */
        public Wish asAuthority() {
            return new Wish(uris, dnsNames, notBefore, notAfter, true, client, server);
        }

        /** The same for these uses alone. */
        public Wish onlyFor(boolean clients, boolean servers) {
            return new Wish(uris, dnsNames, notBefore, notAfter, authority, clients, servers);
        }
    }

    /** A new root in force at {@code now}. */
    public static ScriptedAuthority root(String name, Instant now) {
        KeyPair key = newKey();
        Wish wish =
                new Wish(
                        List.of(),
                        List.of(),
                        now.minus(Duration.ofDays(1)),
                        now.plus(ROOT_LIFETIME),
                        true,
                        false,
                        false);
        X509Certificate certificate =
                sign("O=" + name, key.getPrivate(), "O=" + name, key.getPublic(), wish, 1);
        return new ScriptedAuthority(name, key, certificate, List.of());
    }

    /** An authority below this one. */
    public ScriptedAuthority intermediate(String below, Instant now) {
        return below(below, now, true);
    }

    /** Somebody who signs as if this authority had allowed it, which it has not. */
    public ScriptedAuthority impostor(String below, Instant now) {
        return below(below, now, false);
    }

    private ScriptedAuthority below(String below, Instant now, boolean allowed) {
        KeyPair belowKey = newKey();
        Wish wish =
                Wish.workload("unused:", now)
                        .withUris()
                        .between(now.minusSeconds(60), now.plus(Duration.ofDays(30)))
                        .onlyFor(false, false);
        Wish granted = allowed ? wish.asAuthority() : wish;
        X509Certificate signed =
                sign(
                        "O=" + name,
                        key.getPrivate(),
                        "O=" + below,
                        belowKey.getPublic(),
                        granted,
                        serials.incrementAndGet());
        List<X509Certificate> chain = new ArrayList<>();
        chain.add(signed);
        chain.addAll(above);
        return new ScriptedAuthority(below, belowKey, signed, chain);
    }

    /** This authority's own certificate. */
    public X509Certificate certificate() {
        return certificate;
    }

    /** A certificate of a workload, in force for an hour from {@code now}. */
    public Leaf issue(String uri, Instant now) {
        return issue(Wish.workload(uri, now));
    }

    /** A certificate with a new key. */
    public Leaf issue(Wish wish) {
        KeyPair leafKey = newKey();
        return new Leaf(leafKey.getPrivate(), issue(leafKey.getPublic(), wish));
    }

    /** A certificate for a key that exists: the chain, leaf first. */
    public List<X509Certificate> issue(PublicKey leafKey, Wish wish) {
        List<X509Certificate> chain = new ArrayList<>();
        chain.add(
                sign("O=" + name, key.getPrivate(), "", leafKey, wish, serials.incrementAndGet()));
        chain.addAll(above);
        return List.copyOf(chain);
    }

    private static X509Certificate sign(
            String issuer,
            PrivateKey issuerKey,
            String subject,
            PublicKey subjectKey,
            Wish wish,
            long serial) {
        JcaX509v3CertificateBuilder builder =
                new JcaX509v3CertificateBuilder(
                        new X500Name(issuer),
                        BigInteger.valueOf(serial),
                        Date.from(wish.notBefore()),
                        Date.from(wish.notAfter()),
                        new X500Name(subject),
                        subjectKey);
        try {
            builder.addExtension(
                    Extension.basicConstraints, true, new BasicConstraints(wish.authority()));
            builder.addExtension(
                    Extension.keyUsage,
                    true,
                    new KeyUsage(
                            wish.authority() ? KeyUsage.keyCertSign : KeyUsage.digitalSignature));
            List<KeyPurposeId> purposes = new ArrayList<>();
            if (wish.client()) {
                purposes.add(KeyPurposeId.id_kp_clientAuth);
            }
            if (wish.server()) {
                purposes.add(KeyPurposeId.id_kp_serverAuth);
            }
            if (!purposes.isEmpty()) {
                builder.addExtension(
                        Extension.extendedKeyUsage,
                        false,
                        new ExtendedKeyUsage(purposes.toArray(KeyPurposeId[]::new)));
            }
            List<GeneralName> names = new ArrayList<>();
            wish.uris()
                    .forEach(
                            uri ->
                                    names.add(
                                            new GeneralName(
                                                    GeneralName.uniformResourceIdentifier, uri)));
            wish.dnsNames().forEach(dns -> names.add(new GeneralName(GeneralName.dNSName, dns)));
            if (!names.isEmpty()) {
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        subject.isEmpty(),
                        new GeneralNames(names.toArray(GeneralName[]::new)));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(
                                    new JcaContentSignerBuilder("SHA256withECDSA")
                                            .build(issuerKey)));
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("a certificate for a test could not be made", e);
        }
    }

    private static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has P-256", e);
        }
    }
}
