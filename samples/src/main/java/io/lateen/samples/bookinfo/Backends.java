package io.lateen.samples.bookinfo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Calls the other services, through the sidecar when there is one.
 *
 * <p>No retries here: the mesh does them, as its rules say. Connections are kept and used again.
 * Safe for use from any thread.
 */
final class Backends {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    // Above the 7 s that the fault-injection task delays for: the page shows the delay, not an
    // error.
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

    private final Optional<URI> proxy;
    private final Map<Role, URI> addresses;

    /** Made by the first call, whichever thread makes it: details and ratings never need one. */
    private @Nullable HttpClient client;

    Backends(Optional<URI> proxy, Map<Role, URI> addresses) {
        this.proxy = proxy;
        this.addresses = Map.copyOf(addresses);
    }

    private synchronized HttpClient client() {
        if (client == null) {
            client = newClient(proxy);
        }
        return client;
    }

    private static HttpClient newClient(Optional<URI> proxy) {
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(CONNECT_TIMEOUT);
        proxy.ifPresent(
                address ->
                        builder.proxy(
                                ProxySelector.of(
                                        new InetSocketAddress(
                                                address.getHost(), address.getPort()))));
        return builder.build();
    }

    /** Gets {@code path} of the service {@code role}, with {@code headers} on the request. */
    Reply get(Role role, String path, Map<String, String> headers) {
        URI address = addresses.get(role);
        if (address == null) {
            throw new IllegalArgumentException("no address for " + role);
        }
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address.resolve(path))
                        .timeout(ANSWER_TIMEOUT)
                        .header("Accept", "application/json");
        headers.forEach(request::setHeader);
        try {
            return read(client().send(request.build(), HttpResponse.BodyHandlers.ofString()));
        } catch (HttpTimeoutException e) {
            return new Reply.Unreached(
                    "no answer within %d s".formatted(ANSWER_TIMEOUT.toSeconds()));
        } catch (IOException e) {
            String message = e.getMessage();
            return new Reply.Unreached(
                    message == null || message.isEmpty() ? e.getClass().getSimpleName() : message);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reply.Unreached("interrupted");
        }
    }

    private static Reply read(HttpResponse<String> response) {
        if (response.statusCode() != 200) {
            return new Reply.Refused(response.statusCode(), why(response));
        }
        try {
            return new Reply.Answered(Json.readObject(response.body()));
        } catch (IllegalArgumentException e) {
            return new Reply.Refused(200, "the answer is " + e.getMessage());
        }
    }

    /** The sidecar's own account of why, else the start of the body. */
    private static String why(HttpResponse<String> response) {
        int limit = 200;
        return response.headers()
                .firstValue("x-lateen-reason")
                .orElseGet(
                        () ->
                                response.body().length() <= limit
                                        ? response.body().strip()
                                        : response.body().substring(0, limit).strip() + "…");
    }
}
