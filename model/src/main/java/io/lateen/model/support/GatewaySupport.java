package io.lateen.model.support;

import io.lateen.model.document.Node;
import io.lateen.model.service.Protocol;
import java.util.List;

/** What Gateways may say that is not in force yet. */
final class GatewaySupport {

    /** With authenticated encryption; those of TLS 1.3 cannot be chosen. */
    private static final List<String> CIPHERS =
            List.of(
                    "ECDHE-ECDSA-AES128-GCM-SHA256",
                    "ECDHE-RSA-AES128-GCM-SHA256",
                    "ECDHE-ECDSA-AES256-GCM-SHA384",
                    "ECDHE-RSA-AES256-GCM-SHA384",
                    "ECDHE-ECDSA-CHACHA20-POLY1305",
                    "ECDHE-RSA-CHACHA20-POLY1305",
                    "AES128-GCM-SHA256",
                    "AES256-GCM-SHA384");

    private static final List<String> CURVES = List.of("X25519", "P-256", "P-384", "P-521");

    private GatewaySupport() {}

    static void check(Node spec, Unsupported unsupported) {
        for (Node server : spec.items("servers")) {
            checkServer(server, unsupported);
        }
    }

    private static void checkServer(Node server, Unsupported unsupported) {
        Node protocol = server.get("port", "protocol");
        Protocol named = Protocol.named(protocol.text().orElse("")).orElse(Protocol.UNDECLARED);
        if (named == Protocol.UDP) {
            unsupported.refuse(
                    protocol, "UDP at a gateway is", "open an HTTP, HTTPS, TLS or TCP port");
        }
        checkTls(server.get("tls"), unsupported);
        if (server.text("bind").startsWith("unix://")) {
            unsupported.refuse(server.get("bind"), "a unix socket is", "bind an IP address");
        }
        unsupported.refuse(
                server.get("defaultEndpoint"), "defaultEndpoint is", "route with a VirtualService");
    }

    private static void checkTls(Node tls, Unsupported unsupported) {
        if (tls.text("mode").equals("AUTO_PASSTHROUGH")) {
            unsupported.refuse(
                    tls.get("mode"),
                    "passing on to whatever cluster a server name spells is",
                    "use PASSTHROUGH and tls routes");
        }
        for (String bound : List.of("minProtocolVersion", "maxProtocolVersion")) {
            if (List.of("TLSV1_0", "TLSV1_1").contains(tls.text(bound))) {
                unsupported.refuse(
                        tls.get(bound),
                        "a version of TLS that has been withdrawn (RFC 8996) is",
                        "use TLSV1_2 or TLSV1_3");
            }
        }
        for (Node cipher : tls.items("cipherSuites")) {
            if (!CIPHERS.contains(cipher.text().orElse(""))) {
                unsupported.refuse(
                        cipher, "this cipher is", "use some of " + String.join(", ", CIPHERS));
            }
        }
        for (Node curve : tls.items("ecdhCurves")) {
            if (!CURVES.contains(curve.text().orElse(""))) {
                unsupported.refuse(
                        curve, "this curve is", "use some of " + String.join(", ", CURVES));
            }
        }
        unsupported.refuse(tls.get("caCrl"), "a list of revoked certificates is", "leave it out");
        for (String several : List.of("credentialNames", "tlsCertificates")) {
            List<Node> all = tls.items(several);
            if (all.size() > 1) {
                unsupported.refuse(
                        all.get(1), "a second certificate for the same host is", "name one");
            }
        }
        if (tls.isTrue("insecureSkipVerify")) {
            unsupported.refuse(
                    tls.get("insecureSkipVerify"),
                    "taking a client's certificate unseen is",
                    "leave it out, or use mode SIMPLE");
        }
    }
}
