package io.lateen.model.schema;

import static io.lateen.model.schema.Field.field;
import static io.lateen.model.schema.Field.required;
import static io.lateen.model.schema.ListSchema.list;
import static io.lateen.model.schema.ObjectSchema.object;
import static io.lateen.model.schema.TextSchema.oneOf;
import static io.lateen.model.schema.TextSchema.text;

/** What an AuthorizationPolicy may hold. */
final class AuthorizationPolicySchema {

    private static final ObjectSchema TARGET =
            object(
                    "PolicyTargetReference",
                    field("group", text(253), "Group of the kind; empty for the core group."),
                    required("kind", text(63), "Kind of the resource."),
                    required("name", text(253), "Name of the resource."),
                    field("namespace", text(), "The policy's own namespace, or nothing."));

    private static final ObjectSchema SOURCE =
            object(
                    "Source",
                    texts("principals", "Identities, cluster.local/ns/default/sa/web."),
                    texts("notPrincipals", "Identities that the caller does not have."),
                    texts("requestPrincipals", "Whom a token speaks for, issuer/subject."),
                    texts("notRequestPrincipals", "Whom no token speaks for."),
                    texts("namespaces", "Namespaces of the caller's identity."),
                    texts("notNamespaces", "Namespaces that it is not from."),
                    field(
                            "serviceAccounts",
                            list(text(320)).sized(0, 16),
                            "Accounts of the caller's identity, namespace/name."),
                    field(
                            "notServiceAccounts",
                            list(text(320)).sized(0, 16),
                            "Accounts that it does not have."),
                    texts("trustDomains", "Trust domains of the caller's identity."),
                    texts("notTrustDomains", "Trust domains that it is not from."),
                    texts("ipBlocks", "Addresses and ranges of the connection's other end."),
                    texts("notIpBlocks", "Addresses and ranges that it is not in."),
                    texts("remoteIpBlocks", "Addresses and ranges of the client before proxies."),
                    texts("notRemoteIpBlocks", "Addresses and ranges that it is not in."));

    private static final ObjectSchema OPERATION =
            object(
                    "Operation",
                    texts("hosts", "Hosts of the request, in any case."),
                    texts("notHosts", "Hosts that it is not for."),
                    texts("ports", "Ports of the workload."),
                    texts("notPorts", "Ports that it does not come in at."),
                    texts("methods", "Methods of the request."),
                    texts("notMethods", "Methods that it does not have."),
                    texts("paths", "Paths of the request, without the query."),
                    texts("notPaths", "Paths that it does not have."));

    private static final ObjectSchema CONDITION =
            object(
                    "Condition",
                    required("key", text(), "Attribute, such as request.headers[x-version]."),
                    texts("values", "Values of which it has one."),
                    texts("notValues", "Values of which it has none."));

    private static final ObjectSchema RULE =
            object(
                    "Rule",
                    field(
                            "from",
                            list(object("From", field("source", SOURCE, "Who calls.")))
                                    .sized(0, 512),
                            "Who calls: one of these; anybody by default."),
                    field(
                            "to",
                            list(object("To", field("operation", OPERATION, "What is called."))),
                            "What is called: one of these; anything by default."),
                    field("when", list(CONDITION), "Conditions that must all hold."));

    static final ObjectSchema SPEC =
            object(
                            "AuthorizationPolicy",
                            field(
                                    "selector",
                                    SecuritySchemas.WORKLOAD_SELECTOR,
                                    "Which workloads this is for; all of the namespace by default."),
                            field("targetRef", TARGET, "What this is attached to instead."),
                            field(
                                    "targetRefs",
                                    list(TARGET).sized(0, 16),
                                    "What this is attached to instead, several."),
                            field(
                                    "rules",
                                    list(RULE).sized(0, 512),
                                    "Ways in which a call can match; without any, none does."),
                            field(
                                            "action",
                                            oneOf("ALLOW", "DENY", "AUDIT", "CUSTOM"),
                                            "What is done with a call that matches.")
                                    .orElse("ALLOW"),
                            field(
                                    "provider",
                                    object("ExtensionProvider", field("name", text(), "Its name.")),
                                    "Who decides, with CUSTOM."))
                    .oneOf("provider");

    private AuthorizationPolicySchema() {}

    private static Field texts(String name, String description) {
        return field(name, list(text()), description);
    }
}
