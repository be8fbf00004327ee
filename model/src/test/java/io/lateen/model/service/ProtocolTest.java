package io.lateen.model.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtocolTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "http,        -,                   9080,  HTTP",
                "HTTP-api,    -,                   9080,  HTTP",
                "http2,       -,                   9080,  HTTP2",
                "grpc,        -,                   9080,  GRPC",
                "grpc-api,    -,                   9080,  GRPC",
                "grpc-web,    -,                   9080,  GRPC_WEB",
                "grpc-web-x,  -,                   9080,  GRPC_WEB",
                "httpx,       -,                   9080,  UNDECLARED",
                "web,         -,                   9080,  UNDECLARED",
                "-,           -,                   9080,  UNDECLARED",
                "-,           -,                   3306,  TCP",
                "mail,        -,                   25,    TCP",
                "http,        -,                   3306,  HTTP",
                "tcp,         http,                9080,  HTTP",
                "tcp,         kubernetes.io/h2c,   9080,  HTTP2",
                "tcp,         kubernetes.io/ws,    9080,  HTTP",
                "tcp,         kubernetes.io/wss,   9080,  HTTP",
                "tcp,         example.com/own,     9080,  TCP",
                "udp,         -,                   53,    UDP",
            })
    void isDeclaredByThePort(
            @Nullable String name, @Nullable String appProtocol, int number, Protocol expected) {
        assertThat(Protocol.of(name, appProtocol, number)).isEqualTo(expected);
    }
}
