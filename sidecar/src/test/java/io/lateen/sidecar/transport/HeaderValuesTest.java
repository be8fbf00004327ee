package io.lateen.sidecar.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checklist E24: headers are added and taken away both ways, also with what a request says. */
class HeaderValuesTest {
    private static final String GET =
            "GET /a/b?c HTTP/1.1\r\nHost: app\r\nx-user: jason\r\nx-old: 1\r\n\r\n";

    private static String add(String way, String value) {
        return way
                + "_headers_to_add { header { key: \"x-made\" value: \""
                + value
                + "\" } append_action: OVERWRITE_IF_EXISTS_OR_ADD } ";
    }

    private static String routes(String edits) {
        return "routes { name: \"by-name\" match { prefix: \"/\" } route { cluster: \"app\" timeout {} } "
                + edits
                + " }";
    }

    /** The value of x-made at the application, or in the answer; null where there is none. */
    private static String made(String way, String format) throws IOException {
        try (RawServer app =
                        RawServer.answering(
                                "HTTP/1.1 201 Ok\r\nx-from: app\r\nContent-Length: 0\r\n\r\n");
                Carrying sidecar =
                        Carrying.start(
                                FromXds.in(
                                        routes(add(way, format)),
                                        FromXds.cluster("app", "", app.address())));
                RawClient client = RawClient.connect(sidecar.address("in"))) {
            String answer = client.send(GET).response();
            String looked = way.equals("request") ? app.heads().getFirst() : answer;
            var found = Pattern.compile("(?m)^x-made: ([^\r]*)").matcher(looked);
            String value = found.find() ? found.group(1) : "";
            InetSocketAddress here = (InetSocketAddress) client.socket().getLocalSocketAddress();
            return value.replace(String.valueOf(here.getPort()), "CLIENT")
                    .replace(String.valueOf(sidecar.address("in").getPort()), "SIDECAR")
                    .replace(String.valueOf(app.address().getPort()), "APP");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "plain, plain",
        "100%%, 100%",
        "%REQ(x-user)%, jason",
        "<%REQ(X-User)%>, <jason>",
        "%REQ(x-none?x-user)%, jason",
        "%REQ(x-user):3%, jas",
        "%REQ(:method)% %REQ(:path)% %REQ(:authority)%, GET /a/b?c app",
        "%DOWNSTREAM_REMOTE_ADDRESS%, 127.0.0.1:CLIENT",
        "%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%, 127.0.0.1",
        "%DOWNSTREAM_REMOTE_PORT%, CLIENT",
        "%DOWNSTREAM_LOCAL_ADDRESS%, 127.0.0.1:SIDECAR",
        "%PROTOCOL%, HTTP/1.1",
        "%ROUTE_NAME%, by-name",
        "%UPSTREAM_CLUSTER%, app"
    })
    void aRequestIsToldOfItself(String format, String value) throws IOException {
        assertThat(made("request", format)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "%RESPONSE_CODE%, 201",
        "%RESPONSE_FLAGS%, -",
        "%RESP(x-from)%, app",
        "%RESP(x-none?X-From):2%, ap",
        "%REQ(x-user)%, jason",
        "%UPSTREAM_REMOTE_ADDRESS%, 127.0.0.1:APP",
        "%UPSTREAM_HOST%, 127.0.0.1:APP"
    })
    void anAnswerIsToldOfBoth(String format, String value) throws IOException {
        assertThat(made("response", format)).isEqualTo(value);
    }

    @Test
    void theTimeIsOfItsBeginning() throws IOException {
        assertThat(made("request", "%START_TIME%"))
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    }

    /** What is not known is empty, and a header that is empty is not sent. */
    @Test
    void whatIsNotKnownIsNotSent() throws IOException {
        try (RawServer app = RawServer.answering(RawServer.ok("ok"));
                Carrying sidecar =
                        Carrying.start(
                                FromXds.in(
                                        routes(add("request", "%REQ(x-none)%")),
                                        FromXds.cluster("app", "", app.address())));
                RawClient client = RawClient.connect(sidecar.address("in"))) {
            client.send(GET).response();
            assertThat(app.heads().getFirst()).doesNotContain("x-made");
        }
    }

    @Test
    void headersAreSetAddedAndTakenAwayBothWays() throws IOException {
        String edits =
                add("request", "new")
                        + add("response", "new")
                        + "request_headers_to_add { header { key: \"x-user\" value: \"too\" } append_action: APPEND_IF_EXISTS_OR_ADD } "
                        + "request_headers_to_remove: \"x-old\" response_headers_to_remove: \"x-from\" ";
        try (RawServer app =
                        RawServer.answering(
                                "HTTP/1.1 200 Ok\r\nx-from: app\r\nContent-Length: 0\r\n\r\n");
                Carrying sidecar =
                        Carrying.start(
                                FromXds.out(
                                        routes(edits), FromXds.cluster("app", "", app.address())));
                RawClient client = RawClient.connect(sidecar.address("out"))) {
            String answer = client.send(GET).response();

            assertThat(app.heads().getFirst())
                    .contains("x-made: new\r\n")
                    .contains("x-user: jason\r\n")
                    .contains("x-user: too\r\n")
                    .doesNotContain("x-old");
            assertThat(answer).contains("x-made: new\r\n").doesNotContain("x-from");
        }
    }
}
