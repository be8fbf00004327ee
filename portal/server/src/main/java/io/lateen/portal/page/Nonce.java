package io.lateen.portal.page;

import java.security.SecureRandom;
import java.util.Base64;
import org.springframework.web.server.ServerWebExchange;

/** The value, new with each answer, by which the policy knows the page's own style elements. */
public final class Nonce {
    private static final String ATTRIBUTE = "io.lateen.portal.nonce";
    private static final int BYTES = 18;

    private final SecureRandom random;

    Nonce(SecureRandom random) {
        this.random = random;
    }

    /** Draws one for a request. */
    public String draw(ServerWebExchange exchange) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String nonce = Base64.getEncoder().encodeToString(bytes);
        exchange.getAttributes().put(ATTRIBUTE, nonce);
        return nonce;
    }

    /** The request's. */
    static String of(ServerWebExchange exchange) {
        return exchange.getRequiredAttribute(ATTRIBUTE);
    }
}
