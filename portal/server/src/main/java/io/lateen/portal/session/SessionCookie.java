package io.lateen.portal.session;

import io.lateen.portal.address.PublicAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpCookie;
import org.springframework.http.ResponseCookie;
import org.springframework.web.server.ServerWebExchange;

/**
 * The cookie that holds a session's id. {@code HttpOnly}; {@code SameSite=Lax}, so that a link from
 * a chat finds its reader signed in: forged requests are kept out by other means. It ends with the
 * browser; the server knows when the session does.
 */
public final class SessionCookie {
    private final PublicAddress address;

    SessionCookie(PublicAddress address) {
        this.address = address;
    }

    /** What the request's cookie holds; null when it has none. */
    @Nullable String of(ServerWebExchange exchange) {
        HttpCookie cookie = exchange.getRequest().getCookies().getFirst(address.cookieName());
        return cookie == null || cookie.getValue().isEmpty() ? null : cookie.getValue();
    }

    /** A cookie that holds an id. */
    public ResponseCookie holding(String id) {
        return cookie(id).build();
    }

    /** A cookie that takes it away. */
    ResponseCookie gone() {
        return cookie("").maxAge(0).build();
    }

    private ResponseCookie.ResponseCookieBuilder cookie(String value) {
        return ResponseCookie.from(address.cookieName(), value)
                .path("/")
                .httpOnly(true)
                .secure(address.isSecure())
                .sameSite("Lax");
    }
}
