package io.lateen.sidecar.tls;

import io.netty.buffer.ByteBuf;
import java.io.Serial;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the first bytes of a connection say of a TLS handshake (RFC 8446 §4.1.2, §5.1): the name
 * that is asked for and the protocols that are offered. Reads and keeps nothing; what is malformed
 * is refused, never guessed.
 */
public sealed interface ClientHello {

    /** The longest message that is waited for; certificates are not in it, so that it is short. */
    int MAX_BYTES = 64 * 1024;

    /** More bytes are needed. */
    record Incomplete() implements ClientHello {}

    /** Something else begins here. */
    record NotTls() implements ClientHello {}

    /** A handshake that breaks the rules. */
    record Malformed(String reason) implements ClientHello {}

    /**
     * A handshake.
     *
     * @param serverName the name asked for (SNI), lower case; empty for none
     * @param applicationProtocols offered in ALPN, in the client's order
     */
    record Hello(String serverName, List<String> applicationProtocols) implements ClientHello {

        public Hello {
            applicationProtocols = List.copyOf(applicationProtocols);
        }
    }

    /** Looks at the readable bytes of {@code seen}, which stay readable. */
    static ClientHello read(ByteBuf seen) {
        int start = seen.readerIndex();
        int length = seen.readableBytes();
        if (length == 0) {
            return new Incomplete();
        }
        // A record of type handshake, version 3.x: what no other protocol begins with.
        if (seen.getByte(start) != 22 || (length > 1 && seen.getByte(start + 1) != 3)) {
            return new NotTls();
        }
        try {
            byte[] message = message(seen, start, length);
            return message == null ? new Incomplete() : new Reader(message).hello();
        } catch (MalformedHello e) {
            return new Malformed(String.valueOf(e.getMessage()));
        }
    }

    /** The first handshake message, put together from its records; null when it goes on. */
    private static byte @Nullable [] message(ByteBuf seen, int start, int length)
            throws MalformedHello {
        int needed = -1;
        byte[] message = new byte[Math.min(length, MAX_BYTES)];
        int have = 0;
        int at = start;
        int end = start + length;
        while (needed < 0 || have < needed) {
            if (at + 5 > end) {
                return null;
            }
            if (seen.getByte(at) != 22 || seen.getByte(at + 1) != 3) {
                throw new MalformedHello("another record within the first message");
            }
            int size = seen.getUnsignedShort(at + 3);
            if (size == 0 || size > 16_384 + 256) {
                throw new MalformedHello("a record of " + size + " bytes");
            }
            int there = Math.min(size, end - at - 5);
            if (have + there > message.length) {
                throw new MalformedHello("more than " + MAX_BYTES + " bytes");
            }
            seen.getBytes(at + 5, message, have, there);
            have += there;
            if (needed < 0 && have >= 4) {
                needed = needed(message);
            }
            if (there < size) {
                return needed >= 0 && have >= needed ? message : null;
            }
            at += 5 + size;
        }
        return message;
    }

    private static int needed(byte[] message) throws MalformedHello {
        if (message[0] != 1) {
            throw new MalformedHello("a message of type " + message[0] + ", expected client_hello");
        }
        int body = (message[1] & 0xFF) << 16 | (message[2] & 0xFF) << 8 | (message[3] & 0xFF);
        if (body + 4 > MAX_BYTES) {
            throw new MalformedHello("a message of " + body + " bytes");
        }
        return body + 4;
    }

    /** What is wrong; caught here. */
    final class MalformedHello extends Exception {

        @Serial private static final long serialVersionUID = 1L;

        private MalformedHello(String reason) {
            super(reason, null, false, false);
        }
    }

    /** Walks over the fields of a whole message. */
    final class Reader {

        private static final int SERVER_NAME = 0;
        private static final int APPLICATION_PROTOCOLS = 16;

        private final byte[] message;
        private final int end;
        private int at = 4;

        private Reader(byte[] message) throws MalformedHello {
            this.message = message;
            this.end = needed(message);
        }

        private Hello hello() throws MalformedHello {
            skip(2 + 32, end);
            skip(number(1, end), end);
            skip(number(2, end), end);
            skip(number(1, end), end);
            String name = "";
            List<String> protocols = List.of();
            if (at < end) {
                int extensionsEnd = limit(number(2, end), end);
                while (at < extensionsEnd) {
                    int type = number(2, extensionsEnd);
                    int last = limit(number(2, extensionsEnd), extensionsEnd);
                    if (type == SERVER_NAME) {
                        name = serverName(last);
                    } else if (type == APPLICATION_PROTOCOLS) {
                        protocols = protocols(last);
                    }
                    at = last;
                }
            }
            return new Hello(name, protocols);
        }

        private String serverName(int last) throws MalformedHello {
            int listEnd = limit(number(2, last), last);
            while (at < listEnd) {
                int type = number(1, listEnd);
                String name = text(number(2, listEnd), listEnd);
                if (type == 0) {
                    return name.toLowerCase(Locale.ROOT);
                }
            }
            return "";
        }

        private List<String> protocols(int last) throws MalformedHello {
            int listEnd = limit(number(2, last), last);
            List<String> found = new ArrayList<>(4);
            while (at < listEnd) {
                int size = number(1, listEnd);
                if (size == 0) {
                    throw new MalformedHello("an application protocol without a name");
                }
                found.add(text(size, listEnd));
            }
            return found;
        }

        private String text(int size, int last) throws MalformedHello {
            int from = at;
            skip(size, last);
            for (int i = from; i < at; i++) {
                if (message[i] <= ' ' || message[i] == 127) {
                    throw new MalformedHello("a name with a character that is no printable ASCII");
                }
            }
            return new String(message, from, size, StandardCharsets.US_ASCII);
        }

        private int number(int bytes, int last) throws MalformedHello {
            int from = at;
            skip(bytes, last);
            int value = 0;
            for (int i = from; i < at; i++) {
                value = value << 8 | (message[i] & 0xFF);
            }
            return value;
        }

        private int limit(int size, int last) throws MalformedHello {
            if (size > last - at) {
                throw new MalformedHello("a field that is longer than what holds it");
            }
            return at + size;
        }

        private void skip(int size, int last) throws MalformedHello {
            at = limit(size, last);
        }
    }
}
