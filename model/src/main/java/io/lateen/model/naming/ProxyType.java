package io.lateen.model.naming;

import java.util.Locale;

/** What a proxy is for. */
public enum ProxyType {
    /** Beside one workload, carrying its traffic in and out. */
    SIDECAR,
    /** Alone at the edge of the mesh, serving Gateways. */
    ROUTER;

    /** The word in a node's id: {@code sidecar}, {@code router}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
