package io.lateen.bench.proxy;

/** What a load carries, and so which way through a system it takes. */
public enum Traffic {
    /** HTTP/1.1 in plain text on both sides. */
    HTTP1(8080),
    /** HTTP/2 in plain text, by prior knowledge, to an upstream that speaks it too. */
    HTTP2(8081),
    /** Unary gRPC over HTTP/2 in plain text on both sides. */
    GRPC(8082),
    /** The bytes of HTTP/1.1, which the system does not look into. */
    TCP(8083),
    /** HTTP/1.1 in TLS to the system, in plain text behind it. */
    TLS(8084),
    /** The same where the client shows a certificate. */
    MTLS(8085),
    /** HTTP/1.1 in plain text to the first of two proxies, in mutual TLS to the second. */
    CHAIN(8086);

    private final int port;

    Traffic(int port) {
        this.port = port;
    }

    /** Where a proxy takes it that has a port for each. */
    int port() {
        return port;
    }
}
