package io.lateen.model.resource;

import io.lateen.model.naming.Hostname;
import java.util.List;

/**
 * How traffic to some hosts is routed.
 *
 * @param hosts as written: short names are relative to the resource's namespace; empty in a rule
 *     that others delegate to
 * @param gateways as written; see {@link #appliesTo()}
 * @param exportTo who may see it: {@code *}, {@code .}, {@code ~} or namespaces; empty means all
 * @param http routes of requests; the first whose match fits is taken
 * @param tls routes of encrypted connections by their server name
 * @param tcp routes of connections
 */
public record VirtualService(
        List<Hostname> hosts,
        List<GatewayReference> gateways,
        List<String> exportTo,
        List<HttpRoute> http,
        List<TlsRoute> tls,
        List<TcpRoute> tcp)
        implements Spec {

    public VirtualService {
        hosts = List.copyOf(hosts);
        gateways = List.copyOf(gateways);
        exportTo = List.copyOf(exportTo);
        http = List.copyOf(http);
        tls = List.copyOf(tls);
        tcp = List.copyOf(tcp);
    }

    /** Whose traffic it routes: the gateways written, or all sidecars where none are. */
    public List<GatewayReference> appliesTo() {
        return gateways.isEmpty() ? List.of(GatewayReference.MESH) : gateways;
    }
}
