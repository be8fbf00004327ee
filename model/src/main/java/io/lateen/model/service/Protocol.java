package io.lateen.model.service;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is spoken on a service's port. */
public enum Protocol {
    HTTP("HTTP"),
    HTTP2("HTTP2"),
    GRPC("GRPC"),
    GRPC_WEB("GRPC-Web"),
    HTTPS("HTTPS"),
    TLS("TLS"),
    TCP("TCP"),
    MONGO("Mongo"),
    REDIS("Redis"),
    MYSQL("MySQL"),
    UDP("UDP"),
    /** Nobody said: the proxy finds out from the first bytes. */
    UNDECLARED("");

    private final String written;

    Protocol(String written) {
        this.written = written;
    }

    /** As resources write it; empty for {@link #UNDECLARED}. */
    public String written() {
        return written;
    }

    /** The protocol that a resource names, without regard to case; nothing if there is none so. */
    public static Optional<Protocol> named(String name) {
        for (Protocol protocol : values()) {
            if (protocol != UNDECLARED && protocol.written.equalsIgnoreCase(name)) {
                return Optional.of(protocol);
            }
        }
        return Optional.empty();
    }

    /**
     * The protocol of a Kubernetes Service's port: {@code appProtocol} first, then the port's name
     * up to its first {@code -}, then the numbers that are known to belong to protocols in which
     * the server speaks first (25 SMTP, 53 DNS, 3306 MySQL, 27017 Mongo: plain TCP).
     */
    public static Protocol of(@Nullable String portName, @Nullable String appProtocol, int number) {
        if (appProtocol != null && !appProtocol.isEmpty()) {
            Optional<Protocol> declared = ofAppProtocol(appProtocol.toLowerCase(Locale.ROOT));
            if (declared.isPresent()) {
                return declared.get();
            }
        }
        Optional<Protocol> named = portName == null ? Optional.empty() : ofPortName(portName);
        return named.orElseGet(() -> ofNumber(number));
    }

    private static Optional<Protocol> ofAppProtocol(String appProtocol) {
        return switch (appProtocol) {
            case "kubernetes.io/h2c" -> Optional.of(HTTP2);
            case "kubernetes.io/ws", "kubernetes.io/wss" -> Optional.of(HTTP);
            default -> ofPortName(appProtocol);
        };
    }

    private static Optional<Protocol> ofPortName(String portName) {
        String name = portName.toLowerCase(Locale.ROOT);
        if (name.equals("grpc-web") || name.startsWith("grpc-web-")) {
            return Optional.of(GRPC_WEB);
        }
        int dash = name.indexOf('-');
        return named(dash < 0 ? name : name.substring(0, dash));
    }

    private static Protocol ofNumber(int number) {
        return switch (number) {
            case 25, 53, 3306, 27017 -> TCP;
            default -> UNDECLARED;
        };
    }

    /** Whether requests can be read: HTTP/1, HTTP/2 and what is spoken over them, unencrypted. */
    public boolean isHttp() {
        return switch (this) {
            case HTTP, HTTP2, GRPC, GRPC_WEB -> true;
            case HTTPS, TLS, TCP, MONGO, REDIS, MYSQL, UDP, UNDECLARED -> false;
        };
    }

    /** Whether the proxy speaks HTTP/2 to the app. gRPC-Web runs over HTTP/1.1 too. */
    public boolean isHttp2() {
        return this == HTTP2 || this == GRPC;
    }

    /** Whether the bytes are passed on unread. */
    public boolean isTcp() {
        return switch (this) {
            case HTTPS, TLS, TCP, MONGO, REDIS, MYSQL -> true;
            case HTTP, HTTP2, GRPC, GRPC_WEB, UDP, UNDECLARED -> false;
        };
    }

    /** Whether the client encrypts, so that only the server name can be read. */
    public boolean isTls() {
        return this == HTTPS || this == TLS;
    }
}
