package io.lateen.model.naming;

import java.util.Optional;

/**
 * Who a proxy says it is when it asks for configuration: {@code
 * sidecar~127.0.1.3~reviews-v1-1.default~default.svc.cluster.local}.
 *
 * @param type what the proxy is for
 * @param address the workload's address
 * @param name of the proxy's instance, without the namespace
 * @param namespace of the workload
 * @param domain of the mesh, {@code cluster.local}
 */
public record NodeId(ProxyType type, String address, String name, String namespace, String domain) {

    /** The parts of a node's id, or nothing if it is not written in this form. */
    public static Optional<NodeId> parse(String id) {
        String[] parts = id.split("~", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        int dot = parts[2].lastIndexOf('.');
        String prefix = dot < 0 ? "" : parts[2].substring(dot + 1) + ".svc.";
        if (dot <= 0 || !parts[3].startsWith(prefix)) {
            return Optional.empty();
        }
        for (ProxyType type : ProxyType.values()) {
            if (type.word().equals(parts[0])) {
                return Optional.of(
                        new NodeId(
                                type,
                                parts[1],
                                parts[2].substring(0, dot),
                                parts[2].substring(dot + 1),
                                parts[3].substring(prefix.length())));
            }
        }
        return Optional.empty();
    }

    /** The id on the wire. */
    @Override
    public String toString() {
        return String.join(
                "~", type.word(), address, name + "." + namespace, namespace + ".svc." + domain);
    }
}
