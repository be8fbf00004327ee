package io.lateen.model.validation;

import io.lateen.model.document.Node;
import java.util.List;

/** Rules for how a client encrypts. */
final class ClientTlsRules {

    private ClientTlsRules() {}

    static void check(Node tls, Violations violations) {
        switch (tls.text("mode")) {
            case "MUTUAL" -> checkMutual(tls, violations);
            case "ISTIO_MUTUAL" ->
                    refuse(
                            tls,
                            List.of(
                                    "clientCertificate",
                                    "privateKey",
                                    "caCertificates",
                                    "credentialName"),
                            "the mesh's certificates are used with ISTIO_MUTUAL",
                            violations);
            default -> {}
        }
        if (tls.hasContent("credentialName")) {
            refuse(
                    tls,
                    List.of("clientCertificate", "privateKey", "caCertificates", "caCrl"),
                    "the secret in credentialName holds it",
                    violations);
        }
    }

    private static void checkMutual(Node tls, Violations violations) {
        if (tls.hasContent("credentialName")) {
            return;
        }
        for (String file : List.of("clientCertificate", "privateKey")) {
            if (!tls.hasContent(file)) {
                violations.add(
                        tls.get(file).path(),
                        "nothing",
                        "a file, since mode is MUTUAL without credentialName");
            }
        }
    }

    private static void refuse(
            Node tls, List<String> fields, String reason, Violations violations) {
        for (String field : fields) {
            if (tls.hasContent(field)) {
                violations.add(
                        tls.get(field).path(),
                        tls.get(field).shown(),
                        "nothing: " + reason,
                        "remove it");
            }
        }
    }
}
