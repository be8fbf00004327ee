package io.lateen.sidecar.transport;

import io.lateen.sidecar.exchange.Explanation;
import io.lateen.sidecar.exchange.Failure;
import io.lateen.sidecar.exchange.ResponseFlag;
import io.lateen.sidecar.tcp.Greeting;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/**
 * The answer to a CONNECT (RFC 9110 section 9.3.6): 200 where the tunnel stands, else the status of
 * what went wrong.
 *
 * @param withReason whether {@code x-lateen-reason} says what went wrong
 */
record ConnectAnswer(boolean withReason) implements Greeting {

    private static final byte[] ESTABLISHED =
            "HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

    @Override
    public ByteBuf reached() {
        return Unpooled.wrappedBuffer(ESTABLISHED);
    }

    @Override
    public ByteBuf failed(Failure failure) {
        Explanation why = Explanation.of(failure);
        String reason =
                why.flag().map(ResponseFlag::code).orElse("-")
                        + "; "
                        + Explanation.oneLine(why.sentence());
        return Unpooled.copiedBuffer(
                "HTTP/1.1 "
                        + (why.status() == 0 ? 503 : why.status())
                        + " \r\n"
                        + (withReason ? "x-lateen-reason: " + reason + "\r\n" : "")
                        + "content-length: 0\r\nconnection: close\r\n\r\n",
                StandardCharsets.ISO_8859_1);
    }
}
