package io.lateen.portal.door;

import io.lateen.portal.address.PublicAddress;
import io.lateen.portal.page.Nonce;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * The headers of every answer: a content security policy without {@code unsafe-inline}, with
 * Trusted Types; no sniffing, no framing, no referrer to others, no sensors.
 */
final class SecurityHeaders implements WebFilter {
    private static final String PERMISSIONS =
            "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(),"
                    + " magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=()";

    private final PublicAddress address;
    private final Nonce nonce;

    SecurityHeaders(PublicAddress address, Nonce nonce) {
        this.address = address;
        this.nonce = nonce;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        String drawn = nonce.draw(exchange);
        boolean api = exchange.getRequest().getPath().value().startsWith("/api/");
        exchange.getResponse()
                .beforeCommit(
                        () -> {
                            write(exchange.getResponse().getHeaders(), drawn, api);
                            return Mono.empty();
                        });
        return chain.filter(exchange);
    }

    private void write(HttpHeaders headers, String drawn, boolean api) {
        headers.set("Content-Security-Policy", policy(drawn));
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Referrer-Policy", "same-origin");
        headers.set("Permissions-Policy", PERMISSIONS);
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        if (address.isSecure()) {
            headers.set("Strict-Transport-Security", "max-age=31536000");
        }
        if (api || headers.getCacheControl() == null) {
            headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
        }
    }

    private static String policy(String nonce) {
        return "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-"
                + nonce
                + "'; img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self';"
                + " manifest-src 'self'; base-uri 'none'; form-action 'self';"
                + " frame-ancestors 'none'; require-trusted-types-for 'script';"
                + " trusted-types portal 'allow-duplicates'; report-uri /api/v1/csp-report";
    }
}
