package io.lateen.portal.backend;

import io.lateen.start.StartRefused;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;

/** Whose certificates the portal takes from its backends: read once, at the start. Immutable. */
public final class BackendTrust {
    private final Optional<SslContext> context;

    private BackendTrust(Optional<SslContext> context) {
        this.context = context;
    }

    /**
     * Trusts the roots in a file, or the JDK's own.
     *
     * @throws StartRefused when the file holds no certificates
     */
    static BackendTrust in(@Nullable Path roots) {
        return new BackendTrust(Optional.ofNullable(roots).map(BackendTrust::trusting));
    }

    /** The same client, but one that trusts these roots; it still checks the host's name. */
    public HttpClient apply(HttpClient client) {
        return context.map(it -> client.secure(tls -> tls.sslContext(it))).orElse(client);
    }

    private static SslContext trusting(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            List<X509Certificate> roots =
                    CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (roots.isEmpty()) {
                throw new CertificateException("no certificate is in it");
            }
            return SslContextBuilder.forClient().trustManager(roots).build();
        } catch (IOException | CertificateException e) {
            throw new StartRefused(
                    "lateen.portal.backend-roots: found '"
                            + file
                            + "', which cannot be used ("
                            + e.getMessage()
                            + "), expected a PEM file of certificates.",
                    e);
        }
    }
}
