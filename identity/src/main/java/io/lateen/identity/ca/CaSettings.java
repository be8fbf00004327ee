package io.lateen.identity.ca;

import io.lateen.identity.Pem;
import io.lateen.model.identity.SpiffeId;
import io.lateen.model.identity.TrustDomain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a program reaches its certificate authority.
 *
 * @param host where it serves gRPC
 * @param port 1 to 65535
 * @param roots those that its own chain must end in
 * @param joinToken presented while there is no certificate that could be
 * @param identity whose certificate is expected; empty to take what the credential gives
 * @param lifetime asked for; empty for the authority's default
 */
public record CaSettings(
        String host,
        int port,
        List<X509Certificate> roots,
        JoinToken joinToken,
        Optional<SpiffeId> identity,
        Optional<Duration> lifetime) {

    /** Copies the list. */
    public CaSettings {
        roots = List.copyOf(roots);
    }

    /** Where the token comes from: read again at each attempt, so that a fresh one can be put. */
    @FunctionalInterface
    public interface JoinToken {

        /** The token, if there is one now. */
        Optional<String> now();

        /** No token: there is a certificate already. */
        static JoinToken none() {
            return Optional::empty;
        }

        /** A token that was given once. */
        static JoinToken of(String token) {
            return () -> Optional.of(token).map(String::strip).filter(text -> !text.isEmpty());
        }

        /** The token in a file; a file that cannot be read is no token. */
        static JoinToken in(Path file) {
            return () -> {
                try {
                    return of(Files.readString(file)).now();
                } catch (IOException away) {
                    return Optional.empty();
                }
            };
        }
    }

    /** Who the authority is, in the trust domain of the identity that is expected. */
    SpiffeId authority() {
        return SpiffeId.ofSystem(
                identity.map(SpiffeId::trustDomain).orElse(TrustDomain.DEFAULT), "lateen-auth-ca");
    }

    /**
     * Reads what users give.
     *
     * @param address {@code host:port}
     * @param rootsFile PEM, as {@code GET /lateen/v1/roots} of the authority answers it
     * @throws IllegalArgumentException with one sentence that names the setting and what is wrong
     */
    public static CaSettings read(
            String address,
            Path rootsFile,
            JoinToken joinToken,
            Optional<SpiffeId> identity,
            Optional<Duration> lifetime) {
        int colon = address.lastIndexOf(':');
        int port = colon < 1 ? -1 : port(address.substring(colon + 1));
        if (port < 1) {
            throw new IllegalArgumentException(
                    "ca-address: found '"
                            + address
                            + "', expected host:port, such as 127.0.0.1:8060");
        }
        String host = address.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        return new CaSettings(
                bracketed ? host.substring(1, host.length() - 1) : host,
                port,
                readRoots(rootsFile),
                joinToken,
                identity,
                lifetime);
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            return port >= 1 && port <= 65_535 ? port : -1;
        } catch (NumberFormatException notANumber) {
            return -1;
        }
    }

    private static List<X509Certificate> readRoots(Path file) {
        try {
            return Pem.certificates(Files.readString(file));
        } catch (IOException | CertificateException e) {
            throw new IllegalArgumentException(
                    "ca-roots: found '"
                            + file
                            + "', which cannot be read ("
                            + e.getMessage()
                            + "), expected a PEM file of certificates, as GET /lateen/v1/roots of the"
                            + " authority answers it",
                    e);
        }
    }
}
