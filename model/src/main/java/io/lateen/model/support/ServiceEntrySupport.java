package io.lateen.model.support;

import io.lateen.model.document.Node;

/** What ServiceEntries and WorkloadEntries may say that is not in force yet. */
final class ServiceEntrySupport {

    private ServiceEntrySupport() {}

    static void check(Node spec, Unsupported unsupported) {
        if (spec.text("resolution").equals("DYNAMIC_DNS")) {
            unsupported.refuse(
                    spec.get("resolution"),
                    "DYNAMIC_DNS is",
                    "name each host in a ServiceEntry with resolution DNS");
        }
        for (Node endpoint : spec.items("endpoints")) {
            checkWorkload(endpoint, unsupported);
        }
    }

    static void checkWorkload(Node entry, Unsupported unsupported) {
        if (entry.text("address").startsWith("unix://@")) {
            unsupported.refuse(
                    entry.get("address"),
                    "a socket without a place in the file system is",
                    "give unix:// with an absolute path");
        }
        if (entry.has("network") && !entry.hasContent("address")) {
            unsupported.warn(
                    entry.get("network"),
                    "gateways between networks are not supported yet, so this takes no traffic; give"
                            + " an address");
        }
    }
}
