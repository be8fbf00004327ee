package io.lateen.sidecar.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The header that a load balancer puts before a connection to say whose it is: the PROXY protocol
 * of HAProxy, versions 1 (text) and 2 (binary). What does not follow it to the letter is no header.
 */
sealed interface ProxyHeader {

    /** It may become one: more bytes are needed. */
    record Incomplete() implements ProxyHeader {}

    /** The connection begins with something else. */
    record Absent() implements ProxyHeader {}

    /** It began as one and is none. */
    record Malformed(String reason) implements ProxyHeader {}

    /**
     * A header.
     *
     * @param version 1 or 2
     * @param source whose the connection is; null where the sender speaks for itself, or does not
     *     say
     * @param length in bytes; the client's own words follow
     */
    record Told(int version, @Nullable InetSocketAddress source, int length)
            implements ProxyHeader {}

    /** The longest line of version 1, its CRLF included. */
    int MAX_LINE = 107;

    /** Addresses and TLVs of version 2; its length field could say 64 KiB. */
    int MAX_BINARY = 8 * 1024;

    /** Looks at the first bytes of a connection, without using them. */
    static ProxyHeader read(ByteBuf seen) {
        return switch (begins(seen, Words.BINARY)) {
            case YES -> binary(seen);
            case MAYBE -> new Incomplete();
            case NO ->
                    switch (begins(seen, Words.TEXT)) {
                        case YES -> text(seen);
                        case MAYBE -> new Incomplete();
                        case NO -> new Absent();
                    };
        };
    }

    private static Begins begins(ByteBuf seen, byte[] word) {
        int length = Math.min(seen.readableBytes(), word.length);
        for (int i = 0; i < length; i++) {
            if (seen.getByte(seen.readerIndex() + i) != word[i]) {
                return Begins.NO;
            }
        }
        return length == word.length ? Begins.YES : Begins.MAYBE;
    }

    // PROXY TCP4 192.0.2.7 198.51.100.1 56324 443 CRLF
    private static ProxyHeader text(ByteBuf seen) {
        int start = seen.readerIndex();
        int most = Math.min(seen.readableBytes(), MAX_LINE);
        int end = seen.indexOf(start, start + most, (byte) '\n');
        if (end < 0) {
            return most == MAX_LINE ? malformed("a line longer than 107 bytes") : new Incomplete();
        }
        if (seen.getByte(end - 1) != '\r') {
            return malformed("a line that does not end in CRLF");
        }
        int length = end + 1 - start;
        String line = seen.toString(start, length - 2, StandardCharsets.ISO_8859_1);
        String[] words = line.split(" ", -1);
        if (words[1].equals("UNKNOWN")) {
            return new Told(1, null, length);
        }
        boolean six = words[1].equals("TCP6");
        if (!(six || words[1].equals("TCP4")) || words.length != 6) {
            return malformed("a line that is not: PROXY TCP4|TCP6 source destination port port");
        }
        InetAddress source = address(words[2], six);
        int port = port(words[4]);
        if (source == null || address(words[3], six) == null || port < 0 || port(words[5]) < 0) {
            return malformed("an address or a port that is none");
        }
        return new Told(1, new InetSocketAddress(source, port), length);
    }

    private static @Nullable InetAddress address(String text, boolean six) {
        boolean plain =
                text.chars().allMatch(c -> Character.digit(c, 16) >= 0 || c == ':' || c == '.');
        byte[] octets = plain ? NetUtil.createByteArrayFromIpAddressString(text) : null;
        return octets != null && octets.length == (six ? 16 : 4) ? of(octets) : null;
    }

    private static int port(String text) {
        if (text.isEmpty() || text.length() > 5 || (text.length() > 1 && text.startsWith("0"))) {
            return -1;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return -1;
            }
        }
        int port = Integer.parseInt(text);
        return port <= 65_535 ? port : -1;
    }

    // Twelve bytes of signature, version and command, family and transport, length; addresses,
    // TLVs.
    private static ProxyHeader binary(ByteBuf seen) {
        int at = seen.readerIndex() + Words.BINARY.length;
        if (seen.readableBytes() < Words.BINARY.length + 4) {
            return new Incomplete();
        }
        int command = seen.getUnsignedByte(at);
        int family = seen.getUnsignedByte(at + 1);
        int length = seen.getUnsignedShort(at + 2);
        if (command != 0x20 && command != 0x21) {
            return malformed("a version that is not 2, or a command that is not LOCAL or PROXY");
        }
        if (length > MAX_BINARY) {
            return malformed("more than 8 KiB of addresses and TLVs");
        }
        // Of a health check, or of a connection that the sender knows no more of.
        boolean own = command == 0x20 || family == 0x00;
        int size = own ? 0 : addresses(family);
        if (size < 0) {
            return malformed("a family that is not TCP over IPv4 or IPv6");
        }
        if (length < size) {
            return malformed("less than the addresses of its family");
        }
        int whole = Words.BINARY.length + 4 + length;
        if (seen.readableBytes() < whole) {
            return new Incomplete();
        }
        int from = at + 4;
        if (!own && !areTlvs(seen, from + size, from + length)) {
            return malformed("a TLV that ends behind the header");
        }
        return new Told(2, own ? null : source(seen, from, size), whole);
    }

    // Source and destination address, source and destination port; -1 for what cannot be one.
    private static int addresses(int family) {
        return switch (family) {
            case 0x11 -> 12;
            case 0x21 -> 36;
            default -> -1;
        };
    }

    private static InetSocketAddress source(ByteBuf seen, int from, int size) {
        int bytes = (size - 4) / 2;
        return new InetSocketAddress(
                of(ByteBufUtil.getBytes(seen, from, bytes)),
                seen.getUnsignedShort(from + 2 * bytes));
    }

    private static InetAddress of(byte[] octets) {
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("four or sixteen bytes are an address", impossible);
        }
    }

    // Their values are not used, and so not read: no text of theirs reaches anything.
    private static boolean areTlvs(ByteBuf seen, int from, int to) {
        int at = from;
        while (at < to) {
            if (to - at < 3) {
                return false;
            }
            at += 3 + seen.getUnsignedShort(at + 1);
        }
        return at == to;
    }

    private static Malformed malformed(String what) {
        return new Malformed("the PROXY header holds " + what);
    }

    /** How far the first bytes are a word. */
    enum Begins {
        YES,
        MAYBE,
        NO
    }

    /** What headers begin with. */
    final class Words {
        private static final byte[] TEXT = "PROXY ".getBytes(StandardCharsets.US_ASCII);
        private static final byte[] BINARY = {
            0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A
        };

        private Words() {}
    }
}
