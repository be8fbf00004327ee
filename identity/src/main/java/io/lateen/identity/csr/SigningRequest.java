package io.lateen.identity.csr;

import io.lateen.identity.Pem;
import io.lateen.model.identity.SpiffeId;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Optional;

/**
 * A request for a certificate (RFC 2986) and the key that it is for: ECDSA on P-256, made here and
 * never sent.
 *
 * @param key of the certificate to be
 * @param pem the request as it is sent
 */
public record SigningRequest(KeyPair key, String pem) {

    private static final byte[] ECDSA_WITH_SHA256 =
            Der.sequence(Der.objectIdentifier(1, 2, 840, 10045, 4, 3, 2));
    private static final byte[] EXTENSION_REQUEST =
            Der.objectIdentifier(1, 2, 840, 113549, 1, 9, 14);
    private static final byte[] SUBJECT_ALTERNATIVE_NAME = Der.objectIdentifier(2, 5, 29, 17);
    private static final int URI = 6;

    /**
     * Makes a key and a request for it.
     *
     * @param identity whose the certificate is expected to be: the authority takes it from the
     *     credential alone, and refuses a request that names another; empty to leave it open
     */
    public static SigningRequest make(Optional<SpiffeId> identity, SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            KeyPair key = generator.generateKeyPair();
            byte[] content = content(key.getPublic(), identity);
            byte[] signature = sign(key.getPrivate(), content, random);
            byte[] request = Der.sequence(content, ECDSA_WITH_SHA256, Der.bitString(signature));
            return new SigningRequest(key, Pem.write("CERTIFICATE REQUEST", request));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has ECDSA on P-256 with SHA-256", e);
        }
    }

    /** The part that is signed: version 0, an empty subject, the key, the name wished for. */
    private static byte[] content(PublicKey key, Optional<SpiffeId> identity) {
        byte[] attributes =
                identity.map(
                                id ->
                                        Der.contextOf(
                                                0,
                                                Der.sequence(
                                                        EXTENSION_REQUEST,
                                                        Der.set(Der.sequence(nameOf(id))))))
                        .orElseGet(() -> Der.contextOf(0));
        return Der.sequence(Der.zero(), Der.sequence(), key.getEncoded(), attributes);
    }

    private static byte[] nameOf(SpiffeId identity) {
        return Der.sequence(
                SUBJECT_ALTERNATIVE_NAME,
                Der.octetString(Der.sequence(Der.contextText(URI, identity.toString()))));
    }

    private static byte[] sign(PrivateKey key, byte[] content, SecureRandom random)
            throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(key, random);
        signature.update(content);
        return signature.sign();
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "SigningRequest" + pem.lines().limit(1).toList();
    }
}
