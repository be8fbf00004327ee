package io.lateen.mixer.grpc;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.lateen.mixer.report.Party;
import io.lateen.model.identity.SpiffeId;
import io.lateen.model.naming.NodeId;
import java.util.Map;
import java.util.Optional;

/**
 * The proxy whose stream it is.
 *
 * @param party the workload that it stands beside
 * @param domain of the mesh's names: {@code cluster.local}
 * @param account the service account that it says its workload runs as; empty if it says none
 */
record ProxyIdentity(Party party, String domain, String account) {
    private static final String DEFAULT_DOMAIN = "cluster.local";

    static ProxyIdentity of(Node node) {
        Optional<NodeId> id = NodeId.parse(node.getId());
        Optional<Party> party = workload(node.getMetadata(), id.map(NodeId::namespace).orElse(""));
        return new ProxyIdentity(
                party.orElseGet(
                        () ->
                                Party.workload(
                                        id.map(NodeId::namespace).orElse(""),
                                        id.map(NodeId::name).orElse(node.getId()),
                                        node.getCluster(),
                                        "")),
                id.map(NodeId::domain).filter(it -> !it.isEmpty()).orElse(DEFAULT_DOMAIN),
                text(node.getMetadata().getFieldsMap(), "SERVICE_ACCOUNT"));
    }

    /** Why a certificate is not this proxy's; empty if it may be. */
    Optional<String> contradicts(SpiffeId certificate) {
        if (certificate.namespace().equals(party.namespace())
                && (account.isEmpty() || certificate.serviceAccount().equals(account))) {
            return Optional.empty();
        }
        return Optional.of(
                "identifier: found a node of namespace '"
                        + party.namespace()
                        + "' and account '"
                        + account
                        + "', expected those of its certificate "
                        + certificate);
    }

    /** A workload as metadata of a node or a peer describe it, with Istio's keys. */
    static Optional<Party> workload(Struct metadata, String namespace) {
        Map<String, Value> fields = metadata.getFieldsMap();
        String name = text(fields, "WORKLOAD_NAME");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        String said = text(fields, "NAMESPACE");
        Map<String, Value> labels =
                fields.getOrDefault("LABELS", Value.getDefaultInstance())
                        .getStructValue()
                        .getFieldsMap();
        String service = text(labels, "service.istio.io/canonical-name");
        String app = service.isEmpty() ? text(labels, "app") : service;
        return Optional.of(
                Party.workload(
                        said.isEmpty() ? namespace : said,
                        name,
                        app.isEmpty() ? name : app,
                        text(labels, "version")));
    }

    private static String text(Map<String, Value> fields, String key) {
        return fields.getOrDefault(key, Value.getDefaultInstance()).getStringValue();
    }
}
