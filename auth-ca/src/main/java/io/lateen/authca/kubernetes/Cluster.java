package io.lateen.authca.kubernetes;

import io.lateen.identity.Pem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The API server, as the authority's own service account reaches it. Thread-safe; blocks. The token
 * is read anew for each request: the kubelet replaces it within the hour.
 */
final class Cluster implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final JsonMapper JSON = new JsonMapper();

    private final KubernetesSettings settings;
    private final HttpClient client;

    Cluster(KubernetesSettings settings) {
        this.settings = settings;
        HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(TIMEOUT);
        if ("https".equals(settings.apiServer().getScheme())) {
            builder.sslContext(trusting(settings));
        }
        this.client = builder.build();
    }

    /**
     * Sends a JSON document.
     *
     * @throws ClusterUnavailable when no document comes back, with what the API server said instead
     */
    JsonNode send(String method, String path, String contentType, JsonNode document)
            throws ClusterUnavailable, InterruptedException {
        try {
            HttpResponse<String> answer =
                    client.send(
                            HttpRequest.newBuilder(URI.create(settings.apiServer() + path))
                                    .timeout(TIMEOUT)
                                    .header("Authorization", "Bearer " + token())
                                    .header("Content-Type", contentType)
                                    .header("Accept", "application/json")
                                    .method(
                                            method,
                                            HttpRequest.BodyPublishers.ofString(
                                                    document.toString()))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            JsonNode read = JSON.readTree(answer.body());
            if (answer.statusCode() / 100 != 2) {
                throw new ClusterUnavailable(
                        "the API server answered %s %s with %d: %s"
                                .formatted(
                                        method,
                                        path,
                                        answer.statusCode(),
                                        read.path("message").asString("no reason given")));
            }
            return read;
        } catch (IOException | JacksonException e) {
            throw new ClusterUnavailable(
                    "the API server "
                            + settings.apiServer()
                            + " does not answer "
                            + method
                            + " "
                            + path,
                    e);
        }
    }

    /** The namespace that the authority runs in. */
    String namespace() throws ClusterUnavailable {
        try {
            return Files.readString(settings.namespace()).strip();
        } catch (IOException e) {
            throw new ClusterUnavailable(settings.namespace() + " cannot be read", e);
        }
    }

    private String token() throws IOException {
        return Files.readString(settings.token()).strip();
    }

    private static SSLContext trusting(KubernetesSettings settings) {
        try {
            KeyStore roots = KeyStore.getInstance(KeyStore.getDefaultType());
            roots.load(null, null);
            int index = 0;
            for (X509Certificate each : Pem.certificates(Files.readString(settings.roots()))) {
                roots.setCertificateEntry("root-" + index++, each);
            }
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(roots);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "lateen.kubernetes.account: found no roots of the API server in "
                            + settings.roots()
                            + ", expected certificates as PEM; is this a pod with a service"
                            + " account's token?",
                    e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
