package io.lateen.sidecar.plan;

import io.lateen.sidecar.exchange.ResponseHead;
import org.jspecify.annotations.Nullable;

/**
 * How a listener stands to those who call it.
 *
 * @param serverName value of the {@code Server} header, of the sidecar's own answers and at a
 *     gateway of all; null for the sidecar's own name (Envoy: {@code server_name})
 * @param outermost whether its clients are taken at nobody's word: the socket says their address
 *     and scheme, for {@code x-forwarded-for} and {@code x-forwarded-proto} (Envoy: {@code
 *     use_remote_address})
 * @param http10 whether its clients may speak HTTP/1.0 (Envoy: {@code accept_http_10})
 */
@SuppressWarnings("ArrayRecordComponent") // written as it is, never compared
public record HttpFront(byte @Nullable [] serverName, boolean outermost, boolean http10) {

    /** With the sidecar's own name, for clients that vouch for whom they pass on. */
    public static final HttpFront PLAIN = new HttpFront(null, false, false);

    /** Of a listener of which no request was routed yet. */
    public static HttpFront of(ListenerPlan listener) {
        return switch (listener) {
            case ListenerPlan.Http(HttpPlan http) -> http.front();
            case ListenerPlan.Sniffed(HttpPlan http, _, _) -> http.front();
            case ListenerPlan.Tcp _, ListenerPlan.Chains _, ListenerPlan.Refused _ -> PLAIN;
        };
    }

    static HttpFront of(String serverName, boolean outermost, boolean http10) {
        return new HttpFront(
                serverName.isEmpty() ? null : ResponseHead.bytes(serverName), outermost, http10);
    }
}
