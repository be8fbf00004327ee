package io.lateen.model.support;

import io.lateen.model.document.Node;

/** What AuthorizationPolicies may say that is not in force yet. */
final class AuthorizationPolicySupport {

    private AuthorizationPolicySupport() {}

    static void check(Node document, Unsupported unsupported) {
        unsupported.refuse(
                document.get("kind"),
                "deciding who may call is",
                "remove it until sidecars tell callers apart");
    }
}
