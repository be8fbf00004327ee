package io.lateen.sidecar.http1;

import io.lateen.sidecar.exchange.HeaderName;
import io.lateen.sidecar.exchange.RequestHead;
import io.lateen.sidecar.exchange.ResponseHead;
import io.lateen.sidecar.http2.Http2Upgrade;
import io.lateen.sidecar.upstream.Addresses;
import io.lateen.sidecar.upstream.Entrance;
import io.netty.channel.Channel;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What of a scanned request is for this hop, and its head as it is sent on. */
final class Onward {

    private Onward() {}

    /**
     * Whether the client asks to be answered over HTTP/2: in cleartext alone.
     *
     * @return null when it does not, or not as it has to
     */
    static @Nullable Http2Upgrade toHttp2(
            HeadScanner scanner, RequestHead request, Entrance entrance) {
        boolean asked =
                scanner.connection().toHttp2()
                        && !scanner.http10()
                        && request.bodyLength() == 0
                        && !entrance.security().isEncrypted();
        return asked ? Http2Upgrade.of(request) : null;
    }

    /**
     * Takes away what is for this hop alone.
     *
     * @return the protocol that the connection is to become, if it is to; lower case
     */
    static @Nullable String prepare(HeadScanner scanner, RequestHead request, Channel channel) {
        if (scanner.http10() && request.authority().isEmpty()) {
            // Every request that is sent on has a Host: the address that the client came to.
            request.rewriteAuthority(ResponseHead.bytes(Addresses.text(channel.localAddress())));
        }
        String upgrade = upgrade(scanner, request);
        scanner.connection().removeHopByHop(request.fields(), upgrade != null);
        if (upgrade == null && request.has(HeaderName.PROXY_AUTHORIZATION)) {
            request.remove(HeaderName.PROXY_AUTHORIZATION);
        }
        return upgrade;
    }

    private static @Nullable String upgrade(HeadScanner scanner, RequestHead request) {
        if (!scanner.connection().upgrade() || request.bodyLength() != 0 || scanner.http10()) {
            return null;
        }
        String protocol = request.header(HeaderName.UPGRADE);
        return protocol == null ? null : protocol.toLowerCase(Locale.ROOT);
    }
}
