package io.lateen.sidecar.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.sidecar.plan.ConnectionPolicy;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * HTTP/2 in cleartext by {@code Upgrade: h2c} (RFC 7540 §3.2), as the JDK's client asks for it. The
 * sidecar accepts it itself; an endpoint never hears of it, so nobody is talked to behind the
 * sidecar's back (attack A16).
 */
@SuppressWarnings("StringConcatToTextBlock") // every CRLF is to be seen
class Http2UpgradeTest {
    private static final String UPGRADE =
            "GET /a HTTP/1.1\r\nHost: reviews\r\nConnection: Upgrade, HTTP2-Settings\r\n"
                    + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n";

    private static Road road(Road.Kind kind, InetSocketAddress server) throws IOException {
        return Road.http(kind, server, ConnectionPolicy.UpstreamProtocol.HTTP1);
    }

    private static HttpResponse<String> call(Road road, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        try (HttpClient client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_2)
                        .connectTimeout(Duration.ofSeconds(5))
                        .build()) {
            InetSocketAddress to = road.address();
            URI uri = URI.create("http://127.0.0.1:" + to.getPort() + "/path?q=1");
            return client.send(
                    request.uri(uri).timeout(Duration.ofSeconds(10)).build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"OUTBOUND", "INBOUND", "BOTH"})
    void theJdksClientGetsHttp2(Road.Kind kind) throws Exception {
        try (RawServer app = RawServer.answering(RawServer.ok("hello"));
                Road road = road(kind, app.address())) {
            HttpResponse<String> first = call(road, HttpRequest.newBuilder().GET());

            assertThat(first.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(first.statusCode()).isEqualTo(200);
            assertThat(first.body()).isEqualTo("hello");
            assertThat(app.heads()).hasSize(1);
            assertThat(app.heads().getFirst())
                    .startsWith("GET /path?q=1 HTTP/1.1\r\n")
                    .doesNotContainIgnoringCase("upgrade")
                    .doesNotContainIgnoringCase("http2-settings");
        }
    }

    @Test
    void aRequestWithABodyIsServedAsItIs() throws Exception {
        try (RawServer app =
                        RawServer.start(
                                c -> {
                                    c.head();
                                    c.write(RawServer.ok(c.read(4)));
                                    c.in().read();
                                });
                Road road = road(Road.Kind.INBOUND, app.address())) {
            HttpResponse<String> answer =
                    call(
                            road,
                            HttpRequest.newBuilder()
                                    .POST(HttpRequest.BodyPublishers.ofString("body")));

            assertThat(answer.body()).isEqualTo("body");
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        }
    }

    @Test
    void furtherStreamsFollowTheFirst() throws Exception {
        try (RawServer app = RawServer.answering(RawServer.ok("hello"));
                Road road = road(Road.Kind.INBOUND, app.address());
                RawClient client = RawClient.connect(road.address())) {
            assertThat(client.send(UPGRADE).head())
                    .isEqualTo(
                            "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\n"
                                    + "upgrade: h2c\r\n\r\n");
            ByteArrayOutputStream frames = new ByteArrayOutputStream();
            frames.writeBytes(
                    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            frames.writeBytes(RawHttp2.frame(RawHttp2.SETTINGS, 0, 0, new byte[0]));
            frames.writeBytes(
                    RawHttp2.frame(
                            RawHttp2.HEADERS,
                            RawHttp2.END_STREAM | RawHttp2.END_HEADERS,
                            3,
                            RawHttp2.get(0, 0)));
            client.send(frames.toString(StandardCharsets.ISO_8859_1));

            // Both answered, the one that came as HTTP/1.1 and the one that came as a stream.
            assertThat(answeredStreams(client, 2)).containsExactlyInAnyOrder(1, 3);
        }
    }

    private static java.util.Set<Integer> answeredStreams(RawClient client, int count)
            throws IOException {
        java.util.Set<Integer> answered = new java.util.HashSet<>();
        while (answered.size() < count) {
            byte[] head = client.read(9).getBytes(StandardCharsets.ISO_8859_1);
            DataInputStream in = new DataInputStream(new java.io.ByteArrayInputStream(head));
            int length = (in.readUnsignedByte() << 16) | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            int stream = in.readInt();
            client.read(length);
            if (type <= RawHttp2.HEADERS && (flags & RawHttp2.END_STREAM) != 0) {
                answered.add(stream);
            }
        }
        return answered;
    }

    @Test
    void whatComesBeforeTheAnswerIsReadAsHttp1() throws Exception {
        try (RawServer app = RawServer.answering(RawServer.ok("hello"));
                Road road = road(Road.Kind.INBOUND, app.address());
                RawClient client = RawClient.connect(road.address())) {
            client.send(UPGRADE + "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

            assertThat(client.response()).startsWith("HTTP/1.1 200 OK").endsWith("hello");
            assertThat(client.readAll()).startsWith("HTTP/1.1 505");
            assertThat(app.heads()).hasSize(1);
        }
    }

    @Test
    void whoDoesNotAskAsItHasToIsAnsweredOverHttp1() throws Exception {
        String[] requests = {
            UPGRADE.replace("HTTP2-Settings: AAMAAABkAAQAAP__\r\n", ""),
            UPGRADE.replace(
                    "HTTP2-Settings: AAM", "HTTP2-Settings: AAMAAABk\r\nHTTP2-Settings: AAM"),
            UPGRADE.replace("AAMAAABkAAQAAP__", "not base 64!"),
            UPGRADE.replace("AAMAAABkAAQAAP__", "AAMA"),
            UPGRADE.replace("HTTP/1.1", "HTTP/1.0"),
            UPGRADE.replace("Connection: Upgrade, HTTP2-Settings\r\n", "")
        };
        try (RawServer app = RawServer.answering(RawServer.ok("hello"));
                Road road = road(Road.Kind.INBOUND, app.address())) {
            for (String each : requests) {
                try (RawClient client = RawClient.connect(road.address())) {
                    assertThat(client.send(each).response())
                            .as(each)
                            .startsWith("HTTP/1.1 200 OK")
                            .endsWith("hello");
                }
            }
            assertThat(app.heads())
                    .hasSize(requests.length)
                    .allSatisfy(head -> assertThat(head).doesNotContainIgnoringCase("h2c"));
        }
    }
}
