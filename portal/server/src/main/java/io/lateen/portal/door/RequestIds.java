package io.lateen.portal.door;

import io.lateen.portal.audit.Origin;
import java.util.UUID;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Gives each request an id of our own: what the browser sends is not taken, since the audit and the
 * backends' histories are joined by it.
 */
final class RequestIds implements WebFilter {
    private static final String HEADER = "x-request-id";

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        String id = UUID.randomUUID().toString();
        exchange.getAttributes().put(Origin.REQUEST_ID, id);
        exchange.getResponse().getHeaders().set(HEADER, id);
        return chain.filter(
                exchange.mutate().request(request -> request.header(HEADER, id)).build());
    }
}
