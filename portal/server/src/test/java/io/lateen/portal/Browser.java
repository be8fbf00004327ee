package io.lateen.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * As much of a browser as the portal's page needs: keeps cookies, sends {@code Origin} and the
 * token against forgery with what changes something.
 */
public final class Browser implements AutoCloseable {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final String url;
    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient client =
            HttpClient.newBuilder()
                    .cookieHandler(cookies)
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();

    Browser(String url) {
        this.url = url;
    }

    /** An answer. */
    public record Answer(HttpResponse<String> raw) {

        /** The status. */
        public int status() {
            return raw.statusCode();
        }

        /** The body as JSON. */
        public JsonNode json() {
            return MAPPER.readTree(raw.body());
        }

        /** The code of a problem. */
        public String code() {
            assertThat(header("content-type")).startsWith("application/problem+json");
            return json().path("code").asString("");
        }

        /** A header; empty when there is none. */
        public String header(String name) {
            return raw.headers().firstValue(name).orElse("");
        }
    }

    /** Signs in, and expects that it works. */
    public void signIn(String user, String password) {
        Answer answer = trySignIn(user, password);
        assertThat(answer.status())
                .as("sign-in of %s: %s", user, answer.raw().body())
                .isEqualTo(200);
    }

    /** Tries to sign in. */
    public Answer trySignIn(String user, String password) {
        return post("/api/v1/session", Map.of("user", user, "password", password));
    }

    /** GETs a path. */
    public Answer get(String path) {
        return send(request(path).GET().build());
    }

    /** POSTs JSON as the page does. */
    public Answer post(String path, @Nullable Object body) {
        return change("POST", path, body);
    }

    /** Sends JSON as the page does. */
    public Answer change(String method, String path, @Nullable Object body) {
        HttpRequest.Builder request =
                request(path).header("Origin", url).header("X-XSRF-TOKEN", token());
        if (body == null) {
            return send(request.method(method, HttpRequest.BodyPublishers.noBody()).build());
        }
        return send(
                request.header("Content-Type", "application/json")
                        .method(
                                method,
                                HttpRequest.BodyPublishers.ofString(
                                        MAPPER.writeValueAsString(body)))
                        .build());
    }

    /** A request to be made by hand; cookies go along. */
    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : url + path));
    }

    /** Sends a request made by hand. */
    public Answer send(HttpRequest request) {
        try {
            return new Answer(client.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The status of an answer whose body is not waited for, to a request with an empty object. */
    public int status(String method, String path) {
        HttpRequest.Builder request =
                request(path).header("Origin", url).header("X-XSRF-TOKEN", token());
        if (method.equals("GET")) {
            request.GET();
        } else {
            request.header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString("{}"));
        }
        try {
            HttpResponse<java.io.InputStream> answer =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            answer.body().close();
            return answer.statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The client, for streams. */
    public HttpClient client() {
        return client;
    }

    /** The token against forgery; got by a first request when there is none. */
    public String token() {
        if (cookie("XSRF-TOKEN").isEmpty()) {
            get("/api/v1/sign-in-methods");
        }
        return cookie("XSRF-TOKEN").orElseThrow();
    }

    /** What a cookie holds. */
    public Optional<String> cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(HttpCookie::getValue)
                .findFirst();
    }

    /** Puts a cookie into the browser. */
    public void plant(String name, String value) {
        var cookie = new HttpCookie(name, value);
        cookie.setPath("/");
        cookie.setDomain(URI.create(url).getHost());
        cookie.setVersion(0);
        cookies.getCookieStore().add(URI.create(url), cookie);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
