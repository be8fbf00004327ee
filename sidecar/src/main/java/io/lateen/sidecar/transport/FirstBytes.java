package io.lateen.sidecar.transport;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** What the first bytes of a connection say about what it speaks. */
enum FirstBytes {
    UNDECIDED,
    HTTP1,
    HTTP2,
    NOT_HTTP;

    private static final byte[] PREFACE =
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_REQUEST_LINE = 8192;
    private static final int MAX_METHOD = 32;

    /** Where HTTP is declared: only its version is in question. */
    static FirstBytes ofHttp(ByteBuf seen) {
        int length = Math.min(seen.readableBytes(), PREFACE.length);
        for (int i = 0; i < length; i++) {
            if (seen.getByte(seen.readerIndex() + i) != PREFACE[i]) {
                return HTTP1;
            }
        }
        return length == PREFACE.length ? HTTP2 : UNDECIDED;
    }

    /**
     * Where nothing is declared: HTTP is what begins with a method and has a version of 1.1 at the
     * end of its first line, or with the preface of HTTP/2 (as Envoy's http_inspector; HTTP/1.0 is
     * passed on as bytes).
     */
    static FirstBytes ofAnything(ByteBuf seen) {
        FirstBytes http = ofHttp(seen);
        if (http != HTTP1) {
            return http;
        }
        int start = seen.readerIndex();
        int length = Math.min(seen.readableBytes(), MAX_REQUEST_LINE);
        int method = 0;
        while (method < length && isUpper(seen.getByte(start + method))) {
            method++;
        }
        if (method > MAX_METHOD || (method < length && !isMethodEnd(seen, start, method))) {
            return NOT_HTTP;
        }
        int end = seen.indexOf(start, start + length, (byte) '\n');
        if (end < 0) {
            return length == MAX_REQUEST_LINE ? NOT_HTTP : UNDECIDED;
        }
        String tail = " HTTP/1.1\r";
        int from = end - tail.length();
        return from > start
                        && seen.toString(from, tail.length(), StandardCharsets.ISO_8859_1)
                                .equals(tail)
                ? HTTP1
                : NOT_HTTP;
    }

    private static boolean isMethodEnd(ByteBuf seen, int start, int method) {
        return method > 0 && seen.getByte(start + method) == ' ';
    }

    private static boolean isUpper(byte b) {
        return b >= 'A' && b <= 'Z';
    }
}
