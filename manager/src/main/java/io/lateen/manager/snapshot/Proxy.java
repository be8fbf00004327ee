package io.lateen.manager.snapshot;

import io.lateen.model.naming.NodeId;
import io.lateen.model.naming.ProxyType;
import io.lateen.model.service.Workload;
import java.util.List;
import java.util.Map;

/**
 * What translation may know of a proxy, parsed from its xDS node.
 *
 * @param id the node's id
 * @param type beside a workload or at the edge
 * @param address the proxy's own address
 * @param workload the workload that it stands beside (or is)
 * @param domain the mesh's domain, {@code cluster.local}
 * @param servedPorts what the workload serves, in the order given at registration
 * @param metadata the node's remaining metadata, by Istio's keys
 */
public record Proxy(
        NodeId id,
        ProxyType type,
        String address,
        Workload workload,
        String domain,
        List<ServedPort> servedPorts,
        Map<String, String> metadata) {

    /** Copies the collections. */
    public Proxy {
        servedPorts = List.copyOf(servedPorts);
        metadata = Map.copyOf(metadata);
    }

    /** The same, its workload running as a service account. */
    public Proxy withAccount(String serviceAccount) {
        Workload named =
                new Workload(
                        workload.name(),
                        workload.namespace(),
                        workload.workloadName(),
                        serviceAccount,
                        workload.labels(),
                        workload.clusterId(),
                        workload.locality());
        return new Proxy(id, type, address, named, domain, servedPorts, metadata);
    }

    /** The namespace of the workload: the one that visibility is decided by. */
    public String namespace() {
        return workload.namespace();
    }

    /** Whether this is a gRPC client without a sidecar: it asks for listeners by host and port. */
    public boolean isProxylessGrpc() {
        return "grpc".equals(metadata.get("GENERATOR"));
    }

    /** Whether it has a certificate to show, and asks others for theirs. */
    public boolean speaksMutualTls() {
        return workload.speaksMutualTls() && !isProxylessGrpc();
    }

    /** Whether traffic reaches the proxy at its original destination, by redirection. */
    public boolean isTransparent() {
        String mode = metadata.getOrDefault("INTERCEPTION_MODE", "NONE");
        return mode.equals("REDIRECT") || mode.equals("TPROXY");
    }
}
