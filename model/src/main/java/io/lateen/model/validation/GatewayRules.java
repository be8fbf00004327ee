package io.lateen.model.validation;

import io.lateen.model.document.Node;
import io.lateen.model.service.Protocol;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Rules for the ports and hosts that are served at the edge of the mesh. */
final class GatewayRules {

    private GatewayRules() {}

    static void check(Node spec, Violations violations) {
        CommonRules.labels(spec.get("selector"), violations);
        if (!spec.hasContent("servers")) {
            violations.add(spec.get("servers").path(), "nothing", "at least one server");
        }
        Set<String> names = new HashSet<>();
        for (Node server : spec.items("servers")) {
            checkPort(server, names, violations);
            checkHosts(server, violations);
            checkBind(server.get("bind"), violations);
            checkTls(server, violations);
        }
    }

    private static void checkPort(Node server, Set<String> names, Violations violations) {
        Node port = server.get("port");
        CommonRules.port(port.get("number"), violations);
        Protocols.check(port.get("protocol"), violations);
        if (port.text("protocol").isEmpty() && port.get("protocol").text().isPresent()) {
            violations.add(port.get("protocol").path(), "nothing", "a protocol, such as HTTP");
        }
        if (port.get("targetPort").integer().orElse(0) > 0) {
            violations.add(
                    port.get("targetPort").path(),
                    port.get("targetPort").shown(),
                    "nothing: the gateway opens the port itself",
                    "remove it");
        }
        Node name = port.get("name");
        name.text()
                .ifPresent(
                        text -> {
                            if (text.isEmpty()) {
                                violations.add(name.path(), "nothing", "a name");
                            } else if (!names.add(text)) {
                                violations.add(
                                        name.path(),
                                        name.shown() + " again",
                                        "a name that no other server's port has");
                            }
                        });
    }

    private static void checkHosts(Node server, Violations violations) {
        if (server.has("hosts") && !server.hasContent("hosts")) {
            violations.add(server.get("hosts").path(), "an empty list", "at least one host");
        }
        for (Node host : server.items("hosts")) {
            if (host.text().filter(text -> !isServedHost(text)).isPresent()) {
                violations.add(
                        host.path(),
                        host.shown(),
                        "a DNS name, possibly with a namespace before it: *.example.com,"
                                + " prod/api.example.com, */*");
            }
        }
    }

    private static boolean isServedHost(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return Syntax.isHost(text);
        }
        String namespace = text.substring(0, slash);
        boolean known =
                namespace.equals("*") || namespace.equals(".") || Syntax.isDnsLabel(namespace);
        return known && Syntax.isHost(text.substring(slash + 1));
    }

    private static void checkBind(Node bind, Violations violations) {
        String text = bind.text().orElse("");
        if (!text.isEmpty() && !text.startsWith("unix://") && !Syntax.isAddress(text)) {
            violations.add(bind.path(), bind.shown(), "an IP address");
        }
    }

    private static void checkTls(Node server, Violations violations) {
        Node tls = server.get("tls");
        Optional<Protocol> protocol =
                Protocol.named(server.get("port", "protocol").text().orElse(""));
        if (protocol.isEmpty()) {
            return;
        }
        if (protocol.get().isTls() && !tls.exists()) {
            violations.add(
                    tls.path(),
                    "nothing",
                    "tls, since the protocol is " + protocol.get().written());
        }
        boolean certificates =
                !tls.present("serverCertificate", "privateKey", "caCertificates", "credentialName")
                        .isEmpty();
        boolean terminates = !List.of("", "PASSTHROUGH").contains(tls.text("mode"));
        if (!protocol.get().isTls() && tls.exists()) {
            if (!protocol.get().isHttp() || terminates || certificates) {
                violations.add(
                        tls.path(),
                        tls.shown(),
                        protocol.get().isHttp()
                                ? "at most tls.httpsRedirect on a plain HTTP port"
                                : "nothing on a " + protocol.get().written() + " port",
                        "set the protocol to HTTPS or TLS");
            }
        }
        checkCredentials(tls, violations);
    }

    private static void checkCredentials(Node tls, Violations violations) {
        List<String> sources = tls.present("credentialName", "credentialNames", "tlsCertificates");
        if (sources.size() > 1) {
            violations.add(
                    tls.path(),
                    String.join(" and ", sources),
                    "one of credentialName, credentialNames, tlsCertificates");
        }
        String mode = tls.text("mode");
        boolean shows = List.of("SIMPLE", "MUTUAL", "OPTIONAL_MUTUAL").contains(mode);
        if (shows && sources.isEmpty()) {
            for (String file : List.of("serverCertificate", "privateKey")) {
                if (!tls.hasContent(file)) {
                    violations.add(tls.get(file).path(), "nothing", "a file, or credentialName");
                }
            }
            if (!mode.equals("SIMPLE") && !tls.hasContent("caCertificates")) {
                violations.add(
                        tls.get("caCertificates").path(),
                        "nothing",
                        "a file, since mode is " + mode);
            }
        }
        if (mode.equals("ISTIO_MUTUAL")) {
            for (String field :
                    tls.present(
                            "serverCertificate",
                            "privateKey",
                            "caCertificates",
                            "credentialName")) {
                violations.add(
                        tls.get(field).path(),
                        tls.get(field).shown(),
                        "nothing: the mesh's certificates are used with ISTIO_MUTUAL",
                        "remove it");
            }
        }
    }
}
