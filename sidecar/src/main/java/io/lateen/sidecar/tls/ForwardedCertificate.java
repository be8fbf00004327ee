package io.lateen.sidecar.tls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;

/** What {@code x-forwarded-client-cert} says of a certificate, as Envoy writes it. */
final class ForwardedCertificate {

    private ForwardedCertificate() {}

    /** {@code Hash=…;Subject="…"}. */
    static String of(X509Certificate certificate) throws CertificateEncodingException {
        return "Hash="
                + HexFormat.of().formatHex(sha256(certificate.getEncoded()))
                + ";Subject="
                + quoted(certificate.getSubjectX500Principal().getName());
    }

    /** A value that may hold what separates values. */
    static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
