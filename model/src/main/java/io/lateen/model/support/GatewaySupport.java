package io.lateen.model.support;

import io.lateen.model.document.Node;
import io.lateen.model.service.Protocol;

/** What Gateways may say that is not in force yet. */
final class GatewaySupport {

    private GatewaySupport() {}

    static void check(Node spec, Unsupported unsupported) {
        for (Node server : spec.items("servers")) {
            checkServer(server, unsupported);
        }
    }

    private static void checkServer(Node server, Unsupported unsupported) {
        Node protocol = server.get("port", "protocol");
        Protocol named = Protocol.named(protocol.text().orElse("")).orElse(Protocol.UNDECLARED);
        if (named.isTls() || named == Protocol.UDP) {
            unsupported.refuse(
                    protocol,
                    named.written() + " at a gateway is",
                    "open an HTTP, HTTP2, GRPC or TCP port");
        }
        Node tls = server.get("tls");
        if (tls.isTrue("httpsRedirect")) {
            unsupported.refuse(
                    tls.get("httpsRedirect"),
                    "redirecting to https is",
                    "remove it, and serve plain HTTP");
        } else {
            unsupported.refuse(
                    tls,
                    "TLS at a gateway is",
                    "remove it, and serve plain HTTP or TCP on this port");
        }
        if (server.text("bind").startsWith("unix://")) {
            unsupported.refuse(server.get("bind"), "a unix socket is", "bind an IP address");
        }
        unsupported.refuse(
                server.get("defaultEndpoint"), "defaultEndpoint is", "route with a VirtualService");
    }
}
