package io.lateen.identity.csr;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes the few types of ASN.1's distinguished encoding (X.690) that a certificate request is made
 * of.
 */
final class Der {

    private static final int OBJECT_IDENTIFIER = 0x06;
    private static final int BIT_STRING = 0x03;
    private static final int OCTET_STRING = 0x04;
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final int CONTEXT = 0x80;
    private static final int CONSTRUCTED = 0x20;
    private static final int SHORT = 0x80;

    private Der() {}

    /** The integer 0. */
    static byte[] zero() {
        return new byte[] {0x02, 0x01, 0x00};
    }

    static byte[] sequence(byte[]... parts) {
        return tagged(SEQUENCE, parts);
    }

    static byte[] set(byte[] only) {
        return tagged(SET, only);
    }

    static byte[] octetString(byte[] content) {
        return tagged(OCTET_STRING, content);
    }

    /** A bit string of whole octets. */
    static byte[] bitString(byte[] content) {
        return tagged(BIT_STRING, new byte[] {0}, content);
    }

    /** {@code [number] IMPLICIT} of something made of parts. */
    static byte[] contextOf(int number, byte[]... parts) {
        return tagged(CONTEXT | CONSTRUCTED | number, parts);
    }

    /** {@code [number] IMPLICIT} IA5String. */
    static byte[] contextText(int number, String ascii) {
        return tagged(CONTEXT | number, ascii.getBytes(StandardCharsets.US_ASCII));
    }

    static byte[] objectIdentifier(int... arcs) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        writeBase128(content, arcs[0] * 40 + arcs[1]);
        for (int i = 2; i < arcs.length; i++) {
            writeBase128(content, arcs[i]);
        }
        return tagged(OBJECT_IDENTIFIER, content.toByteArray());
    }

    /** Seven bits an octet, the highest bit set on all but the last. */
    private static void writeBase128(ByteArrayOutputStream out, int value) {
        int highest = 28;
        while (highest > 0 && value >>> highest == 0) {
            highest -= 7;
        }
        for (int shift = highest; shift > 0; shift -= 7) {
            out.write(0x80 | (value >>> shift & 0x7f));
        }
        out.write(value & 0x7f);
    }

    private static byte[] tagged(int tag, byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(length + 6);
        out.write(tag);
        writeLength(out, length);
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static void writeLength(ByteArrayOutputStream out, int length) {
        if (length < SHORT) {
            out.write(length);
            return;
        }
        int octets = (39 - Integer.numberOfLeadingZeros(length)) / 8;
        out.write(SHORT | octets);
        for (int shift = (octets - 1) * 8; shift >= 0; shift -= 8) {
            out.write(length >>> shift);
        }
    }
}
