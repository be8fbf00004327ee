package io.lateen.model.validation;

import io.lateen.model.document.Node;

/** Rules for PeerAuthentications: ports are ports, and of chosen workloads. */
final class PeerAuthenticationRules {

    private PeerAuthenticationRules() {}

    static void check(Node spec, Violations violations) {
        CommonRules.labels(spec.get("selector", "matchLabels"), violations);
        Node ports = spec.get("portLevelMtls");
        if (ports.exists() && !spec.get("selector").hasContent("matchLabels")) {
            violations.add(
                    ports.path(),
                    ports.shown(),
                    "a selector with labels beside it: ports are those of chosen workloads",
                    "add selector.matchLabels, or use mtls");
        }
        ports.entries()
                .forEach(
                        (port, entry) -> {
                            if (!Syntax.isPort(port)) {
                                violations.add(
                                        entry.path(),
                                        "the port \"" + port + "\"",
                                        "a port from 1 to 65535");
                            }
                        });
    }
}
