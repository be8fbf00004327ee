package io.lateen.portal.audit;

import java.net.InetSocketAddress;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/**
 * Where a request comes from.
 *
 * @param address the peer's address; of the user where a trusted proxy names it ({@code
 *     server.forward-headers-strategy})
 * @param agent what the browser calls itself, shortened
 * @param requestId under which backends know the request
 */
public record Origin(String address, String agent, String requestId) {

    /** The attribute of the exchange that holds the request's id. */
    public static final String REQUEST_ID = "io.lateen.portal.request-id";

    private static final int LONGEST = 200;

    /** Of a request. */
    public static Origin of(ServerWebExchange exchange) {
        InetSocketAddress peer = exchange.getRequest().getRemoteAddress();
        String agent = exchange.getRequest().getHeaders().getFirst(HttpHeaders.USER_AGENT);
        return new Origin(
                peer == null || peer.getAddress() == null ? "" : peer.getAddress().getHostAddress(),
                agent == null ? "" : agent.substring(0, Math.min(agent.length(), LONGEST)),
                exchange.getAttributeOrDefault(REQUEST_ID, ""));
    }
}
