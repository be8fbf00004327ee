package io.lateen.access;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Fetches a key set over HTTP: within three seconds, and no more of it than a key set can be. */
final class HttpKeySource implements SigningKeys.Source {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int LARGEST = 64 << 10;

    private final URI uri;
    private final HttpClient client;

    /**
     * @param certificates the roots to trust, as PEM; the JDK's own when empty
     */
    HttpKeySource(URI uri, Optional<Path> certificates) {
        this.uri = uri;
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .connectTimeout(PATIENCE)
                        .followRedirects(HttpClient.Redirect.NEVER);
        certificates.ifPresent(file -> builder.sslContext(trusting(file)));
        this.client = builder.build();
    }

    @Override
    public String fetch() throws IOException {
        try {
            HttpResponse<InputStream> answer =
                    client.send(
                            HttpRequest.newBuilder(uri).timeout(PATIENCE).build(),
                            HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                byte[] bytes = body.readNBytes(LARGEST + 1);
                if (answer.statusCode() != 200 || bytes.length > LARGEST) {
                    throw new IOException(
                            uri
                                    + ": found status "
                                    + answer.statusCode()
                                    + " and "
                                    + bytes.length
                                    + " bytes or more, expected 200 and at most "
                                    + LARGEST);
                }
                return new String(bytes, StandardCharsets.UTF_8);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while fetching " + uri, e);
        }
    }

    private static SSLContext trusting(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore roots = KeyStore.getInstance(KeyStore.getDefaultType());
            roots.load(null, null);
            int number = 0;
            for (Certificate root :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                roots.setCertificateEntry("root-" + number++, root);
            }
            if (number == 0) {
                throw new IllegalStateException(
                        "lateen.access.jwks-certificates: found no certificate in " + file);
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(roots);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(
                    "lateen.access.jwks-certificates: "
                            + file
                            + " cannot be used: "
                            + e.getMessage(),
                    e);
        }
    }
}
