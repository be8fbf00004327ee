package io.lateen.manager.translate.listener;

import io.lateen.manager.snapshot.Finding;
import io.lateen.manager.snapshot.NamespaceView;
import io.lateen.manager.translate.cluster.ServicePolicies;
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
import java.util.Set;

/** The outbound listeners of one kind of client, but for the one at its own address. */
public final class SidecarListeners {

    private final NamespaceView view;
    private final TcpRules tcpRules;
    private final HostRules hostRules;
    private final AccessLogging accessLog;

    /** The listeners of clients that see this view. */
    public SidecarListeners(
            NamespaceView view, ServicePolicies policies, Source source, AccessLogging accessLog) {
        this.view = view;
        this.tcpRules = new TcpRules(new Targets(view, policies), policies, source, Side.SIDECAR);
        this.hostRules = HostRules.of(view);
        this.accessLog = accessLog;
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
        return plans;
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
