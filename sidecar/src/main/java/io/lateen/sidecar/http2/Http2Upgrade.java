package io.lateen.sidecar.http2;

import io.lateen.sidecar.exchange.Fields;
import io.lateen.sidecar.exchange.HeaderName;
import io.lateen.sidecar.exchange.RequestHead;
import io.lateen.sidecar.upstream.Entrance;
import io.lateen.sidecar.upstream.Worker;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Settings;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request in cleartext HTTP/1.1 that asks to be answered over HTTP/2 (RFC 7540 §3.2; RFC 9113 no
 * longer has it, clients still send it). It is this hop's alone and never passed on, so an endpoint
 * cannot be talked to behind the sidecar's back.
 */
public final class Http2Upgrade {
    private static final Logger log = LoggerFactory.getLogger(Http2Upgrade.class);

    private static final byte[] ACCEPTED =
            "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n"
                    .getBytes(StandardCharsets.ISO_8859_1);

    private static final int SETTING_BYTES = 6;

    /** More than there are settings; a client has no use for so many. */
    private static final int MAX_SETTINGS = 32;

    private final Http2Settings settings;
    private final RequestHead request;

    private Http2Upgrade(Http2Settings settings, RequestHead request) {
        this.settings = settings;
        this.request = request;
    }

    /**
     * Reads what the client says of itself.
     *
     * @param request without a body, with its hop-by-hop headers
     * @return null when it does not ask as it has to: it is then a request like any other
     */
    public static @Nullable Http2Upgrade of(RequestHead request) {
        Fields fields = request.fields();
        int index = fields.find(HeaderName.HTTP2_SETTINGS, 0);
        if (index < 0 || fields.find(HeaderName.HTTP2_SETTINGS, index + 1) >= 0) {
            return null;
        }
        Http2Settings settings = settings(fields.value(index));
        return settings == null ? null : new Http2Upgrade(settings, request);
    }

    // The payload of a SETTINGS frame in base64url without padding.
    private static @Nullable Http2Settings settings(String value) {
        byte[] payload;
        try {
            payload = Base64.getUrlDecoder().decode(value);
        } catch (IllegalArgumentException e) {
            return null;
        }
        if (payload.length % SETTING_BYTES != 0 || payload.length > MAX_SETTINGS * SETTING_BYTES) {
            return null;
        }
        Http2Settings settings = new Http2Settings();
        ByteBuffer each = ByteBuffer.wrap(payload);
        try {
            while (each.hasRemaining()) {
                settings.put(each.getChar(), Long.valueOf(each.getInt() & 0xffff_ffffL));
            }
        } catch (IllegalArgumentException e) {
            return null;
        }
        return settings;
    }

    /**
     * Accepts: the connection, whose last handler is gone, speaks HTTP/2 from here on, and the
     * request is served on it.
     *
     * @param rest what is left of the buffer that the request came in: nothing
     */
    public void accept(Worker worker, Channel channel, Entrance entrance, ByteBuf rest) {
        rest.release();
        var _ = channel.write(Unpooled.wrappedBuffer(ACCEPTED), channel.voidPromise());
        ServerSession session = ServerSession.install(worker, channel, entrance);
        channel.config().setAutoRead(true);
        try {
            session.goOn(settings, request);
        } catch (Http2Exception e) {
            log.debug("a client's settings are refused", e);
            worker.giveBack(request);
            session.close();
        }
    }
}
