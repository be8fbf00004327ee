package io.lateen.portal.door;

import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** The filters before Spring Security's, in the order in which they stand here. */
final class FrontDoor implements WebFilter, Ordered {
    private final List<WebFilter> filters;

    FrontDoor(RequestIds ids, SecurityHeaders headers, ForgeryGuard guard) {
        this.filters =
                List.of(
                        // First: everything after it, refusals too, is known by the id.
                        ids,
                        // Before anything can answer: refusals carry the headers as well.
                        headers,
                        // Before the session is looked up: a forged request costs no database.
                        guard);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return pass(exchange, chain, 0);
    }

    private Mono<Void> pass(ServerWebExchange exchange, WebFilterChain chain, int next) {
        return next == filters.size()
                ? chain.filter(exchange)
                : filters.get(next).filter(exchange, passed -> pass(passed, chain, next + 1));
    }

    /** Before Spring Security, which stands at -100. */
    @Override
    public int getOrder() {
        return -1000;
    }
}
