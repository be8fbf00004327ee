package io.lateen.manager.translate.listener;

import io.lateen.manager.snapshot.Finding;
import io.lateen.manager.snapshot.NamespaceView;
import io.lateen.manager.translate.cluster.ServicePolicies;
import io.lateen.manager.translate.envoy.OutboundPolicy;
import io.lateen.manager.translate.route.HostRules;
import io.lateen.manager.translate.route.RouteTable;
import io.lateen.manager.translate.route.Side;
import io.lateen.manager.translate.route.SidecarRoutes;
import io.lateen.manager.translate.route.Source;
import io.lateen.manager.translate.route.Targets;
import io.lateen.model.service.Protocol;
import io.lateen.model.service.Service;
import io.lateen.model.service.ServicePort;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The outbound listeners of one kind of client, but for the one at its own address. */
public final class SidecarListeners {

    private final NamespaceView view;
    private final TcpRules tcpRules;
    private final HostRules hostRules;
    private final AccessLogging accessLog;
    private final OutboundPolicy policy;

    /** The listeners of clients that see this view. */
    public SidecarListeners(
            NamespaceView view,
            ServicePolicies policies,
            Source source,
            AccessLogging accessLog,
            OutboundPolicy policy) {
        this.view = view;
        this.tcpRules = new TcpRules(new Targets(view, policies), policies, source, Side.SIDECAR);
        this.hostRules = HostRules.of(view);
        this.accessLog = accessLog;
        this.policy = policy;
    }

    /** What the authors of the rules should know, once the plans are made. */
    public Set<Finding> findings() {
        return tcpRules.findings();
    }

    /**
     * One listener for every HTTP port, and one for every other port at every address of its
     * service.
     *
     * @param httpTables the tables of the HTTP ports
     */
    public List<ListenerPlan> plans(List<RouteTable> httpTables) {
        List<ListenerPlan> plans = new ArrayList<>();
        for (RouteTable table : httpTables) {
            plans.add(new ListenerPlan.HttpPort(Integer.parseInt(table.name()), accessLog));
        }
        Set<String> taken = new HashSet<>();
        for (Service service : view.services()) {
            for (ServicePort port : service.ports()) {
                if (port.protocol().isTcp() || port.protocol() == Protocol.UNDECLARED) {
                    add(service, port, taken, plans);
                }
            }
        }
        plans.addAll(outside(taken(plans)));
        return plans;
    }

    private static Set<String> taken(List<ListenerPlan> plans) {
        return plans.stream().map(ListenerPlan::name).collect(Collectors.toSet());
    }

    /**
     * The ports of hosts that no single address stands for. Where a port is one of HTTP too, all of
     * its hosts are told by their requests.
     */
    private List<ListenerPlan> outside(Set<String> taken) {
        Map<Integer, List<SniShares>> byName = new TreeMap<>();
        Map<Integer, List<OutsidePort.NetworkShares>> byNetwork = new TreeMap<>();
        for (Service service : view.services()) {
            for (ServicePort port : service.ports()) {
                if (port.protocol().isHttp() || port.protocol() == Protocol.UDP) {
                    continue;
                }
                if (port.protocol().isTls() && service.hostname().isWildcard()) {
                    byName.computeIfAbsent(port.number(), number -> new ArrayList<>())
                            .addAll(byName(service, port));
                }
                for (String address : service.addresses()) {
                    if (address.contains("/")) {
                        byNetwork
                                .computeIfAbsent(port.number(), number -> new ArrayList<>())
                                .add(
                                        new OutsidePort.NetworkShares(
                                                address, shares(service, port, address)));
                    }
                }
            }
        }
        Set<Integer> ports = new TreeSet<>(byName.keySet());
        ports.addAll(byNetwork.keySet());
        List<ListenerPlan> plans = new ArrayList<>();
        for (int port : ports) {
            OutsidePort plan =
                    new OutsidePort(
                            port,
                            distinct(byName.getOrDefault(port, List.of())),
                            distinctNetworks(byNetwork.getOrDefault(port, List.of())),
                            OwnListeners.unknownHosts(policy),
                            accessLog);
            if (!taken.contains(plan.name())) {
                plans.add(plan);
            }
        }
        return plans;
    }

    /** By its rules, and for all other names below its own as the service itself. */
    private List<SniShares> byName(Service service, ServicePort port) {
        List<SniShares> all = new ArrayList<>(byName(service, port, ""));
        all.add(new SniShares(List.of(service.hostname().value()), shares(service, port, "")));
        return all;
    }

    private TcpShares shares(Service service, ServicePort port, String address) {
        return tcpRules.shares(
                service, port.number(), address, hostRules.forService(service.hostname()));
    }

    /** Of two with one name the first has it. */
    private static List<SniShares> distinct(List<SniShares> all) {
        Set<String> names = new HashSet<>();
        List<SniShares> kept = new ArrayList<>();
        for (SniShares each : all) {
            List<String> free = each.names().stream().filter(names::add).toList();
            if (!free.isEmpty()) {
                kept.add(new SniShares(free, each.shares()));
            }
        }
        return kept;
    }

    private static List<OutsidePort.NetworkShares> distinctNetworks(
            List<OutsidePort.NetworkShares> all) {
        Set<String> networks = new HashSet<>();
        return all.stream().filter(each -> networks.add(each.network())).toList();
    }

    /** Only where connections are known to begin with the client's TLS. */
    private List<SniShares> byName(Service service, ServicePort port, String address) {
        List<SniShares> shares = new ArrayList<>();
        if (port.protocol().isTls()) {
            ServerNames names = new ServerNames();
            for (TcpRules.ByName each :
                    tcpRules.byNames(
                            port.number(), address, hostRules.forService(service.hostname()))) {
                ServerNames.Free free = names.take(each.names());
                if (!free.names().isEmpty()) {
                    shares.add(new SniShares(free.names(), each.shares()));
                }
            }
        }
        return shares;
    }

    /** Of two services at one address and port, the first by name has it. */
    private void add(
            Service service, ServicePort port, Set<String> taken, List<ListenerPlan> plans) {
        for (String address : view.serviceIndex().addresses(service)) {
            ListenerPlan plan =
                    new ListenerPlan.ServiceAddress(
                            address,
                            port.number(),
                            view.formsOf(service.hostname()),
                            tcpRules.shares(
                                    service,
                                    port.number(),
                                    address,
                                    hostRules.forService(service.hostname())),
                            byName(service, port, address),
                            port.protocol() == Protocol.UNDECLARED
                                    ? SidecarRoutes.sniffedName(service, port)
                                    : null,
                            accessLog);
            if (taken.add(plan.name())) {
                plans.add(plan);
            }
        }
    }
}
