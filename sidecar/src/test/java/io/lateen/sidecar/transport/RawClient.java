package io.lateen.sidecar.transport;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A client of plain sockets: sends what a test says, and reads what comes. */
public final class RawClient implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    private RawClient(InetSocketAddress address) throws IOException {
        socket = new Socket();
        socket.connect(address, 5000);
        socket.setSoTimeout(10_000);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    public static RawClient connect(InetSocketAddress address) throws IOException {
        return new RawClient(address);
    }

    public Socket socket() {
        return socket;
    }

    public RawClient send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return this;
    }

    /** Reads up to and with the empty line. */
    public String head() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int last = 0;
        for (int b = in.read(); b >= 0; b = in.read()) {
            head.write(b);
            last = (last << 8) | b;
            if (last == 0x0D0A0D0A) {
                break;
            }
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    /** Reads a head and the body that its Content-Length names. */
    public String response() throws IOException {
        String head = head();
        int at = head.toLowerCase(Locale.ROOT).indexOf("content-length: ");
        if (at < 0) {
            return head;
        }
        String number = head.substring(at + 16, head.indexOf("\r\n", at));
        return head + read(Integer.parseInt(number.strip()));
    }

    public String read(int bytes) throws IOException {
        return new String(in.readNBytes(bytes), StandardCharsets.ISO_8859_1);
    }

    /** Reads until the other side closes. */
    public String readAll() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
