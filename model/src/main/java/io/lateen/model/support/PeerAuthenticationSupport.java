package io.lateen.model.support;

import io.lateen.model.document.Node;

/** What PeerAuthentications may say that is not in force yet. */
final class PeerAuthenticationSupport {

    private PeerAuthenticationSupport() {}

    static void check(Node document, Unsupported unsupported) {
        unsupported.refuse(
                document.get("kind"),
                "asking callers for certificates is",
                "remove it until sidecars encrypt");
    }
}
