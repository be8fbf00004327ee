package io.lateen.sidecar.plan;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that traffic is carried by, at one moment: sockets, listeners, routes and clusters.
 *
 * @param revision the store's revision that this plan brings into force; 0 when not known
 * @param sockets what to bind, in a stable order
 * @param listeners the listener of each socket that has one of its own, by the socket's name
 * @param outbound the listeners that are found by where a request wants to go
 * @param clusters every cluster, by its name
 * @param proxied the sockets whose connections begin with a PROXY header, by name
 */
public record Plan(
        long revision,
        List<SocketPlan> sockets,
        Map<String, ListenerPlan> listeners,
        Outbound outbound,
        Map<String, ClusterPlan> clusters,
        Map<String, ProxyHeaders> proxied) {

    /** The plan before any configuration: nothing is bound and nothing is known. */
    public static final Plan EMPTY = new Plan(0, List.of(), Map.of(), Outbound.NOTHING, Map.of());

    public Plan {
        sockets = List.copyOf(sockets);
        listeners = Map.copyOf(listeners);
        clusters = Map.copyOf(clusters);
        proxied = Map.copyOf(proxied);
    }

    /** A plan whose clients all come by themselves. */
    public Plan(
            long revision,
            List<SocketPlan> sockets,
            Map<String, ListenerPlan> listeners,
            Outbound outbound,
            Map<String, ClusterPlan> clusters) {
        this(revision, sockets, listeners, outbound, clusters, Map.of());
    }

    /**
     * The listener behind a socket of role INBOUND or GATEWAY, and behind OUTBOUND_CAPTURE and
     * DEPENDENCY the one that serves connections which are passed on as they come.
     *
     * @param socketName {@link SocketPlan#name()}
     * @return a refusal when the socket's listener has meanwhile been removed
     */
    public ListenerPlan listener(String socketName) {
        ListenerPlan found = listeners.get(socketName);
        return found == null ? ListenerPlan.Refused.NO_LISTENER : found;
    }

    /** The cluster of that name, or null when no such cluster was received: flag NC. */
    public @Nullable ClusterPlan cluster(String name) {
        return clusters.get(name);
    }

    /** The same plan but for some sockets, which cannot be bound. */
    Plan withoutSockets(Set<String> names) {
        return new Plan(
                revision,
                sockets.stream().filter(socket -> !names.contains(socket.name())).toList(),
                listeners,
                outbound,
                clusters,
                proxied);
    }
}
