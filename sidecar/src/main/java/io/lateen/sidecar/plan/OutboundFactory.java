package io.lateen.sidecar.plan;

import io.lateen.model.naming.ClusterName;
import io.lateen.sidecar.exchange.Direction;
import io.lateen.sidecar.exchange.Failure;
import io.lateen.sidecar.filter.headers.HeaderEdits;
import io.lateen.sidecar.plan.PlanAssembly.MadeListener;
import io.lateen.sidecar.route.Authority;
import io.lateen.sidecar.route.Rewrite;
import io.lateen.sidecar.route.RouteMatch;
import io.lateen.sidecar.route.VirtualHostTable;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes listeners of their drafts, and the index by which outbound ones are found. */
final class OutboundFactory {

    private static final int DEFAULT_PORT = 80;

    private final Map<String, ListenerPlan> named = new HashMap<>();
    private final Map<String, ListenerPlan> bare = new HashMap<>();
    private final Set<String> seen = new HashSet<>();
    private final Set<String> ofDefaultPort = new HashSet<>();
    private final Map<InetSocketAddress, ListenerPlan> captured = new HashMap<>();
    private final Map<Integer, ListenerPlan> ports = new HashMap<>();
    private ListenerPlan anyBytes = ListenerPlan.Refused.NO_LISTENER;

    private OutboundFactory() {}

    static Outbound outbound(Collection<MadeListener> listeners) {
        OutboundFactory factory = new OutboundFactory();
        listeners.forEach(factory::add);
        return new Outbound(
                factory.named,
                factory.bare,
                factory.captured,
                factory.ports,
                anyHttp(factory.anyBytes),
                factory.anyBytes);
    }

    private void add(MadeListener listener) {
        ListenerDraft draft = listener.draft();
        if (draft.captures()) {
            anyBytes = listener.plan();
        }
        if (draft.binds()) {
            return;
        }
        int port = draft.address().getPort();
        for (String host : draft.hosts()) {
            named.put(host + ':' + port, listener.plan());
        }
        if (draft.address().getAddress().isAnyLocalAddress()) {
            ports.put(port, listener.plan());
        } else {
            captured.put(draft.address(), listener.plan());
        }
        switch (listener.plan()) {
            case ListenerPlan.Http(HttpPlan http) -> addBare(http, port, listener.plan());
            case ListenerPlan.Sniffed(HttpPlan http, _, _) -> addBare(http, port, listener.plan());
            case ListenerPlan.Tcp _, ListenerPlan.Chains _, ListenerPlan.Refused _ -> {
                // A request cannot be sent there by its Host.
            }
        }
    }

    /** A host is found without its port when one port alone knows it, or the default port does. */
    private void addBare(HttpPlan http, int port, ListenerPlan plan) {
        for (String host : http.virtualHosts().exactNames()) {
            if (Authority.parse(host).port() >= 0) {
                continue;
            }
            if (port == DEFAULT_PORT) {
                bare.put(host, plan);
                ofDefaultPort.add(host);
            } else if (seen.add(host)) {
                bare.putIfAbsent(host, plan);
            } else if (!ofDefaultPort.contains(host)) {
                bare.remove(host);
            }
        }
    }

    /** What becomes of requests to hosts that no listener knows: as bytes to them would. */
    private static ListenerPlan anyHttp(ListenerPlan anyBytes) {
        if (!(anyBytes instanceof ListenerPlan.Tcp(TcpPlan tcp))) {
            return anyBytes;
        }
        boolean nowhere =
                tcp.clusters().destinations().stream()
                        .allMatch(each -> each.cluster().equals(ClusterName.BLACK_HOLE));
        if (nowhere) {
            return new ListenerPlan.Refused(
                    new Failure.Refused(
                            502,
                            "the host is not known to the mesh, and only known hosts may be"
                                    + " called; add a ServiceEntry for it"));
        }
        RoutePlan route =
                new RoutePlan(
                        RouteOrigin.unruled("allow_any"),
                        RouteMatch.EVERYTHING,
                        List.of(),
                        HeaderEdits.NONE,
                        HeaderEdits.NONE,
                        null,
                        new RouteAction.Forward(tcp.clusters(), Rewrite.NONE, ForwardPolicy.PLAIN));
        VirtualHostPlan host = new VirtualHostPlan("allow_any", List.of(route));
        return new ListenerPlan.Http(
                new HttpPlan(
                        Direction.OUTBOUND,
                        tcp.statPrefix(),
                        true,
                        List.of("websocket"),
                        VirtualHostTable.of(true, List.of(new VirtualHostTable.Entry<>("*", host))),
                        List.of(),
                        tcp.recording(),
                        HttpFront.PLAIN));
    }
}
