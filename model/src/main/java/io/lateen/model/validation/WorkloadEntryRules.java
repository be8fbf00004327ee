package io.lateen.model.validation;

import io.lateen.model.document.Node;

/** Rules for workloads that no platform reports, alone or as endpoints of a ServiceEntry. */
final class WorkloadEntryRules {

    private static final String UNIX = "unix://";

    private WorkloadEntryRules() {}

    static void check(Node entry, Violations violations) {
        checkAddress(entry, true, violations);
        checkRest(entry, violations);
    }

    /** An endpoint, whose address must be of the kind that the resolution asks for. */
    static void checkEndpoint(Node endpoint, boolean namesAllowed, Violations violations) {
        checkAddress(endpoint, namesAllowed, violations);
        checkRest(endpoint, violations);
    }

    static boolean isUnix(Node entry) {
        return entry.text("address").startsWith(UNIX);
    }

    private static void checkAddress(Node entry, boolean namesAllowed, Violations violations) {
        Node address = entry.get("address");
        String text = address.text().orElse("");
        if (text.isEmpty()) {
            boolean absent = !address.exists() || address.text().isPresent();
            if (entry.exists() && absent && !entry.hasContent("network")) {
                violations.add(
                        address.path(),
                        "nothing",
                        "an IP address, a DNS name or unix:// with a path; or a network");
            }
        } else if (text.startsWith(UNIX)) {
            checkSocket(address, text.substring(UNIX.length()), violations);
            if (entry.has("ports")) {
                violations.add(
                        entry.get("ports").path(),
                        entry.get("ports").shown(),
                        "nothing: a unix socket has no ports",
                        "remove it");
            }
        } else if (!Syntax.isAddress(text) && !(namesAllowed && Syntax.isDnsName(text))) {
            violations.add(
                    address.path(),
                    address.shown(),
                    namesAllowed ? "an IP address or a DNS name" : "an IP address",
                    namesAllowed ? "" : "with resolution DNS it may be a name");
        }
    }

    private static void checkSocket(Node address, String socket, Violations violations) {
        boolean path = socket.startsWith("/") && !socket.endsWith("/");
        if (!path && !socket.startsWith("@")) {
            violations.add(
                    address.path(),
                    address.shown(),
                    "unix:// with an absolute path to a socket, or with @ and a name");
        }
    }

    private static void checkRest(Node entry, Violations violations) {
        entry.entries("ports")
                .forEach(
                        (name, port) -> {
                            if (!Syntax.isDnsLabel(name) || name.length() > 62) {
                                violations.add(
                                        port.path(),
                                        "the port name \"" + name + "\"",
                                        "at most 62 letters, digits and dashes");
                            }
                            CommonRules.port(port, violations);
                        });
        CommonRules.labels(entry.get("labels"), violations);
    }
}
