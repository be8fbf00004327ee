package io.lateen.sidecar.plan;

import java.util.List;

/**
 * What may be agreed on in a handshake with somebody outside the mesh.
 *
 * @param oldest version
 * @param newest version, not before {@code oldest}
 * @param ciphers of TLS 1.2, best first, by OpenSSL's names; TLS 1.3 has its own
 * @param groups for the exchange of keys, best first; none for BoringSSL's
 */
public record TlsTerms(Version oldest, Version newest, List<String> ciphers, List<String> groups) {

    /** Ciphers that may be chosen: with authenticated encryption, all that BoringSSL has. */
    public static final List<String> KNOWN_CIPHERS =
            List.of(
                    "ECDHE-ECDSA-AES128-GCM-SHA256",
                    "ECDHE-RSA-AES128-GCM-SHA256",
                    "ECDHE-ECDSA-AES256-GCM-SHA384",
                    "ECDHE-RSA-AES256-GCM-SHA384",
                    "ECDHE-ECDSA-CHACHA20-POLY1305",
                    "ECDHE-RSA-CHACHA20-POLY1305",
                    "AES128-GCM-SHA256",
                    "AES256-GCM-SHA384");

    /** Groups that may be chosen. */
    public static final List<String> KNOWN_GROUPS = List.of("X25519", "P-256", "P-384", "P-521");

    /** TLS 1.2 and 1.3, with forward secrecy. */
    public static final TlsTerms DEFAULT =
            new TlsTerms(Version.TLS_1_2, Version.TLS_1_3, KNOWN_CIPHERS.subList(0, 6), List.of());

    public TlsTerms {
        ciphers = List.copyOf(ciphers);
        groups = List.copyOf(groups);
    }

    /** Versions that are spoken; older ones are not (RFC 8996). */
    public enum Version {
        TLS_1_2("TLSv1.2"),
        TLS_1_3("TLSv1.3");

        private final String name;

        Version(String name) {
            this.name = name;
        }
    }

    /** The versions by the JDK's names, newest first. */
    public List<String> versions() {
        return oldest == newest ? List.of(oldest.name) : List.of(newest.name, oldest.name);
    }
}
