package io.lateen.portal.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** {@code index.html}, with the request's nonce wherever {@code __CSP_NONCE__} stands in it. */
final class Page {
    /** What the build leaves for the nonce. */
    static final String PLACE = "__CSP_NONCE__";

    private static final String NOT_BUILT =
            "<!doctype html><html lang=\"en\"><title>Lateen</title><p>The portal was built without"
                    + " its page; build it without -Dskip.ui. The API is at <code>/api/v1</code>.";

    private final String html;

    Page(Resource index) {
        try {
            this.html =
                    index.exists() ? index.getContentAsString(StandardCharsets.UTF_8) : NOT_BUILT;
        } catch (IOException e) {
            throw new UncheckedIOException("index.html cannot be read", e);
        }
    }

    /** Serves a request. */
    Mono<ServerResponse> serve(ServerRequest request) {
        return ServerResponse.ok()
                .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                .cacheControl(CacheControl.noStore())
                .bodyValue(html.replace(PLACE, Nonce.of(request.exchange())));
    }
}
