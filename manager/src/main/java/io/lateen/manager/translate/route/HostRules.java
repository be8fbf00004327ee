package io.lateen.manager.translate.route;

import io.lateen.manager.snapshot.NamespaceView;
import io.lateen.manager.snapshot.RoutingRule;
import io.lateen.model.naming.Hostname;
import io.lateen.model.service.Service;
import io.lateen.model.service.ServicePort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which VirtualServices are about which host, for sidecars that see one namespace's view. */
public final class HostRules {

    private static final int HTTP_PORT = 80;

    private final Map<Hostname, List<RoutingRule>> exact;
    private final Map<Hostname, List<RoutingRule>> wildcards;
    private final List<UnknownHost> unknownHosts;

    /**
     * A host of a rule that no service has.
     *
     * @param host in full
     * @param port on which it is routed
     * @param rule the rule
     */
    record UnknownHost(Hostname host, int port, RoutingRule rule) {}

    private HostRules(
            Map<Hostname, List<RoutingRule>> exact,
            Map<Hostname, List<RoutingRule>> wildcards,
            List<UnknownHost> unknownHosts) {
        this.exact = exact;
        this.wildcards = wildcards;
        this.unknownHosts = unknownHosts;
    }

    /** The rules of a view, by host. */
    public static HostRules of(NamespaceView view) {
        Map<Hostname, List<RoutingRule>> exact = new HashMap<>();
        Map<Hostname, List<RoutingRule>> wildcards = new TreeMap<>(Hostname.MOST_SPECIFIC_FIRST);
        List<UnknownHost> unknown = new ArrayList<>();
        for (RoutingRule rule : view.sidecarRules()) {
            for (Hostname host : rule.hosts()) {
                (host.isWildcard() ? wildcards : exact)
                        .computeIfAbsent(host, key -> new ArrayList<>())
                        .add(rule);
            }
            if (!rule.spec().http().isEmpty()) {
                unknown.addAll(unknownHosts(view, rule));
            }
        }
        return new HostRules(exact, wildcards, unknown);
    }

    /** The rules with the most specific host that covers a service, in the order they win. */
    public List<RoutingRule> forService(Hostname service) {
        List<RoutingRule> named = exact.get(service);
        if (named != null) {
            return named;
        }
        return wildcards.entrySet().stream()
                .filter(entry -> service.subsetOf(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(List.of());
    }

    List<UnknownHost> unknownHosts() {
        return unknownHosts;
    }

    /** On the ports of the rule's other hosts, else on port 80. */
    private static List<UnknownHost> unknownHosts(NamespaceView view, RoutingRule rule) {
        List<Hostname> unknown = new ArrayList<>();
        Set<Integer> ports = new TreeSet<>();
        for (Hostname host : rule.hosts()) {
            List<Service> known = view.servicesOf(host);
            if (known.isEmpty()) {
                unknown.add(host);
            }
            known.forEach(service -> ports.addAll(httpPorts(service)));
        }
        if (ports.isEmpty()) {
            ports.add(HTTP_PORT);
        }
        List<UnknownHost> hosts = new ArrayList<>();
        for (Hostname host : unknown) {
            ports.forEach(port -> hosts.add(new UnknownHost(host, port, rule)));
        }
        return hosts;
    }

    private static List<Integer> httpPorts(Service service) {
        return service.ports().stream()
                .filter(port -> port.protocol().isHttp())
                .map(ServicePort::number)
                .toList();
    }
}
