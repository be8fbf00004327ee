package io.lateen.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The one request of a case: a GET with the nine headers that a call between two services carries,
 * some 420 bytes in all; or, with a message, a unary call of gRPC with the same headers.
 *
 * @param path what is asked for; its answer's size is the case's
 * @param message gRPC's frame; empty for a GET
 */
public record Request(String path, Optional<byte[]> message) {

    /** A GET. */
    public Request(String path) {
        this(path, Optional.empty());
    }

    /** A unary call whose message has {@code bytes} bytes. */
    public static Request unary(String path, int bytes) {
        ByteBuffer frame = ByteBuffer.allocate(5 + bytes);
        frame.put((byte) 0).putInt(bytes);
        Arrays.fill(frame.array(), 5, 5 + bytes, (byte) 'x');
        return new Request(path, Optional.of(frame.array()));
    }

    /** Header lines but Host, in the order sent. */
    public static final List<Map.Entry<String, String>> HEADERS =
            List.of(
                    Map.entry("user-agent", "Mozilla/5.0 (X11; Linux x86_64) productpage/1.20.4"),
                    Map.entry("accept", "application/json, text/plain;q=0.9, */*;q=0.8"),
                    Map.entry("accept-language", "en-GB,en;q=0.7,de;q=0.3"),
                    Map.entry("x-request-id", "5b0a6c1e-8d4e-4c43-9c7a-2f1f3a9d7e10"),
                    Map.entry(
                            "traceparent",
                            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
                    Map.entry("x-forwarded-for", "203.0.113.195"),
                    Map.entry("end-user", "jason"),
                    Map.entry("cookie", "session=eyJ1c2VyIjoiamFzb24ifQ.Zk3r8g.q1w2e3r4t5y6"));

    /** The request as it goes over the wire. */
    public byte[] bytes(Target target) {
        StringBuilder text = new StringBuilder(512);
        text.append("GET ").append(path).append(" HTTP/1.1\r\n");
        text.append("host: ").append(target.authority()).append("\r\n");
        HEADERS.forEach(
                header ->
                        text.append(header.getKey())
                                .append(": ")
                                .append(header.getValue())
                                .append("\r\n"));
        return text.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }
}
