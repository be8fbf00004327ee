package io.lateen.sidecar.transport;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** An HTTP/2 client that sends whatever frames it is told to, right or wrong. */
final class RawHttp2 implements AutoCloseable {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int PRIORITY = 2;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;

    static final int PROTOCOL_ERROR = 1;
    static final int REFUSED_STREAM = 7;
    static final int ENHANCE_YOUR_CALM = 11;

    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket = new Socket();
    private final OutputStream out;
    private final DataInputStream in;

    /** A frame that the server sent. */
    @SuppressWarnings("ArrayRecordComponent") // looked into, never compared
    record Frame(int type, int flags, int stream, byte[] payload) {

        /** The 32 bits at {@code at}: an error code, a setting's value. */
        int number(int at) {
            return ByteBuffer.wrap(payload).getInt(at);
        }
    }

    RawHttp2(InetSocketAddress address) throws IOException {
        // Little room for answers that nobody reads.
        socket.setReceiveBufferSize(4096);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(address);
        out = socket.getOutputStream();
        in = new DataInputStream(socket.getInputStream());
        out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        send(SETTINGS, 0, 0, new byte[0]);
    }

    void send(int type, int flags, int stream, byte[] payload) throws IOException {
        out.write(frame(type, flags, stream, payload));
    }

    static byte[] frame(int type, int flags, int stream, byte[] payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .putShort((short) (payload.length >> 8))
                .put((byte) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    void sendAsItIs(byte[] bytes) throws IOException {
        out.write(bytes);
    }

    /** A GET of {@code /} with {@code more} headers of {@code size} bytes each. */
    static byte[] get(int more, int size) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        // :method GET, :scheme http, :path / by their numbers, :authority as a literal.
        block.writeBytes(new byte[] {(byte) 0x82, (byte) 0x86, (byte) 0x84, 0x01});
        literal(block, "a");
        for (int i = 0; i < more; i++) {
            block.write(0);
            literal(block, "x-" + i);
            literal(block, "v".repeat(size));
        }
        return block.toByteArray();
    }

    /** A header block of these names and values, one after the other, none of them known. */
    static byte[] block(String... namesAndValues) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            block.write(0);
            literal(block, namesAndValues[i]);
            literal(block, namesAndValues[i + 1]);
        }
        return block.toByteArray();
    }

    /** The block of a request to {@code path}, and more headers. */
    static byte[] request(String method, String path, String... more) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.writeBytes(
                block(":method", method, ":scheme", "http", ":path", path, ":authority", "a"));
        block.writeBytes(block(more));
        return block.toByteArray();
    }

    /** Sends a request without a body, and returns the first frame that ends or answers it. */
    Frame ask(int stream, byte[] block) throws IOException {
        send(HEADERS, END_HEADERS | END_STREAM, stream, block);
        return next(HEADERS, RST_STREAM, GOAWAY);
    }

    private static void literal(ByteArrayOutputStream block, String text) {
        int length = text.length();
        if (length < 127) {
            block.write(length);
        } else {
            block.write(127);
            int rest = length - 127;
            for (; rest >= 128; rest >>= 7) {
                block.write((rest & 127) | 128);
            }
            block.write(rest);
        }
        block.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The next frame of one of these types; others are passed over. */
    Frame next(int... types) throws IOException {
        while (true) {
            int length = (in.readUnsignedByte() << 16) | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            int stream = in.readInt();
            byte[] payload = in.readNBytes(length);
            if (payload.length < length) {
                throw new EOFException();
            }
            for (int wanted : types) {
                if (type == wanted) {
                    return new Frame(type, flags, stream, payload);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
