package io.lateen.sidecar.credential;

import io.lateen.identity.Pem;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;

/**
 * Reads private keys as tools write them: PKCS #8, and what OpenSSL wrote before (PKCS #1 for RSA,
 * SEC 1 for EC). Their algorithm is that of the certificate which they belong to.
 */
final class KeyText {

    private static final List<String> LABELS =
            List.of("PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY");
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final int LEAST_RSA_BITS = 2048;

    private KeyText() {}

    /**
     * The one key in the text.
     *
     * @param of the public half, as a certificate has it
     * @throws GeneralSecurityException if there is none, it cannot be read, or it is another's
     */
    static PrivateKey read(String text, PublicKey of) throws GeneralSecurityException {
        String algorithm = of.getAlgorithm();
        if (!algorithm.equals("RSA") && !algorithm.equals("EC")) {
            throw new GeneralSecurityException(
                    "found a certificate for " + algorithm + ", expected RSA or EC");
        }
        if (of instanceof RSAKey rsa && rsa.getModulus().bitLength() < LEAST_RSA_BITS) {
            throw new GeneralSecurityException(
                    "found RSA of %d bits, expected %d or more"
                            .formatted(rsa.getModulus().bitLength(), LEAST_RSA_BITS));
        }
        for (String label : LABELS) {
            List<byte[]> keys = Pem.blocks(label, text);
            if (keys.size() == 1) {
                byte[] key = keys.getFirst();
                PrivateKey read =
                        KeyFactory.getInstance(algorithm)
                                .generatePrivate(
                                        new PKCS8EncodedKeySpec(
                                                label.equals("PRIVATE KEY")
                                                        ? key
                                                        : wrapped(key, of.getEncoded())));
                checkPair(read, of);
                return read;
            }
        }
        throw new GeneralSecurityException(
                "found no key, expected one -----BEGIN PRIVATE KEY-----, without a password");
    }

    private static void checkPair(PrivateKey key, PublicKey of) throws GeneralSecurityException {
        byte[] text = {1, 2, 3};
        Signature signature =
                Signature.getInstance(
                        key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA");
        signature.initSign(key);
        signature.update(text);
        byte[] signed = signature.sign();
        signature.initVerify(of);
        signature.update(text);
        if (!signature.verify(signed)) {
            throw new GeneralSecurityException(
                    "found a key that is not the certificate's, expected the two to be a pair");
        }
    }

    /** PKCS #8 around an older form: version 0, the algorithm, the key. */
    private static byte[] wrapped(byte[] key, byte[] publicKey) {
        // SubjectPublicKeyInfo begins with the algorithm, parameters included (RFC 5280 §4.1.2.7).
        int from = headerBytes(publicKey, 0);
        int length = headerBytes(publicKey, from) + contentBytes(publicKey, from);
        ByteArrayOutputStream inside = new ByteArrayOutputStream();
        inside.writeBytes(new byte[] {2, 1, 0});
        inside.write(publicKey, from, length);
        inside.writeBytes(tagged(OCTETS, key));
        return tagged(SEQUENCE, inside.toByteArray());
    }

    private static byte[] tagged(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 128) {
            out.write(content.length);
        } else if (content.length < 256) {
            out.write(0x81);
            out.write(content.length);
        } else {
            out.write(0x82);
            out.write(content.length >> 8);
            out.write(content.length);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static int headerBytes(byte[] der, int at) {
        int first = der[at + 1] & 0xFF;
        return first < 128 ? 2 : 2 + (first & 0x7F);
    }

    private static int contentBytes(byte[] der, int at) {
        int first = der[at + 1] & 0xFF;
        if (first < 128) {
            return first;
        }
        int length = 0;
        for (int i = 0; i < (first & 0x7F); i++) {
            length = length << 8 | (der[at + 2 + i] & 0xFF);
        }
        return length;
    }
}
