package io.lateen.identity;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and writes certificates and keys as text (RFC 7468). */
public final class Pem {

    private static final Base64.Encoder LINES =
            Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

    private Pem() {}

    /** A block of this label, with a line end after it. */
    public static String write(String label, byte[] der) {
        return "-----BEGIN "
                + label
                + "-----\n"
                + LINES.encodeToString(der)
                + "\n-----END "
                + label
                + "-----\n";
    }

    /** A certificate. */
    public static String write(X509Certificate certificate) {
        try {
            return write("CERTIFICATE", certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read cannot be written", e);
        }
    }

    /** Certificates, one after the other. */
    public static String write(List<X509Certificate> certificates) {
        StringBuilder text = new StringBuilder();
        certificates.forEach(each -> text.append(write(each)));
        return text.toString();
    }

    /** A key as PKCS #8, unencrypted. */
    public static String write(PrivateKey key) {
        return write("PRIVATE KEY", key.getEncoded());
    }

    /**
     * What the blocks with this label hold, in order.
     *
     * @throws IllegalArgumentException if a block is not Base64
     */
    public static List<byte[]> blocks(String label, String text) {
        List<byte[]> found = new ArrayList<>();
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            if (block.group(1).equals(label)) {
                found.add(Base64.getMimeDecoder().decode(block.group(2)));
            }
        }
        return found;
    }

    /**
     * Every certificate in the text, in order.
     *
     * @throws CertificateException if there is none, or one cannot be read
     */
    public static List<X509Certificate> certificates(String text) throws CertificateException {
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (byte[] der : blocks("CERTIFICATE", text)) {
                certificates.add(
                        (X509Certificate)
                                factory.generateCertificate(new ByteArrayInputStream(der)));
            }
        } catch (IllegalArgumentException e) {
            throw new CertificateException("found a certificate that is no Base64", e);
        }
        if (certificates.isEmpty()) {
            throw new CertificateException("found no -----BEGIN CERTIFICATE-----, expected one");
        }
        return List.copyOf(certificates);
    }

    /**
     * The key in the text: PKCS #8, unencrypted, of the algorithm named.
     *
     * @param algorithm {@code EC} or {@code RSA}
     * @throws GeneralSecurityException if there is none, or it cannot be read
     */
    public static PrivateKey privateKey(String algorithm, String text)
            throws GeneralSecurityException {
        List<byte[]> keys = blocks("PRIVATE KEY", text);
        if (keys.size() != 1) {
            throw new GeneralSecurityException(
                    "found " + keys.size() + " times -----BEGIN PRIVATE KEY-----, expected one");
        }
        return KeyFactory.getInstance(algorithm)
                .generatePrivate(new PKCS8EncodedKeySpec(keys.getFirst()));
    }
}
