package io.lateen.sidecar.tls;

import java.nio.ByteBuffer;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/** First messages of TLS handshakes, as the JDK writes them. */
public final class Hellos {

    private Hellos() {}

    /**
     * A record with one message.
     *
     * @param name asked for (SNI); empty for none
     * @param protocols offered in ALPN
     */
    public static byte[] of(String name, String... protocols) {
        try {
            SSLEngine engine = SSLContext.getDefault().createSSLEngine();
            engine.setUseClientMode(true);
            SSLParameters parameters = engine.getSSLParameters();
            if (!name.isEmpty()) {
                parameters.setServerNames(List.of(new SNIHostName(name)));
            }
            parameters.setApplicationProtocols(protocols);
            engine.setSSLParameters(parameters);
            ByteBuffer out = ByteBuffer.allocate(32_768);
            engine.wrap(ByteBuffer.allocate(0), out);
            byte[] bytes = new byte[out.flip().remaining()];
            out.get(bytes);
            return bytes;
        } catch (NoSuchAlgorithmException | SSLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same message with an extension and a cipher suite that nobody knows (RFC 8701). */
    public static byte[] greased(byte[] hello) {
        ByteBuffer in = ByteBuffer.wrap(hello);
        byte[] start = new byte[5 + 4 + 2 + 32];
        in.get(start);
        byte[] session = new byte[in.get()];
        in.get(session);
        byte[] suites = new byte[in.getShort()];
        in.get(suites);
        byte[] compressions = new byte[in.get()];
        in.get(compressions);
        byte[] extensions = new byte[in.getShort()];
        in.get(extensions);
        ByteBuffer out = ByteBuffer.allocate(hello.length + 6);
        out.put(start).put((byte) session.length).put(session);
        out.putShort((short) (suites.length + 2)).putShort((short) 0x0a0a).put(suites);
        out.put((byte) compressions.length).put(compressions);
        out.putShort((short) (extensions.length + 4)).putInt(0x1a1a0000).put(extensions);
        int message = hello.length - 9 + 6;
        out.putShort(3, (short) (message + 4));
        out.put(6, (byte) (message >> 16)).putShort(7, (short) message);
        return out.array();
    }

    /** The same message in records of {@code size} bytes. */
    public static byte[] inRecordsOf(byte[] hello, int size) {
        ByteBuffer in = ByteBuffer.wrap(hello, 5, hello.length - 5);
        ByteBuffer out = ByteBuffer.allocate(hello.length * 2);
        while (in.hasRemaining()) {
            byte[] part = new byte[Math.min(size, in.remaining())];
            in.get(part);
            out.put(hello, 0, 3).putShort((short) part.length).put(part);
        }
        byte[] all = new byte[out.flip().remaining()];
        out.get(all);
        return all;
    }
}
