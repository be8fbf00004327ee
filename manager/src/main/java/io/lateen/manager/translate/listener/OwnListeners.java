package io.lateen.manager.translate.listener;

import io.lateen.manager.snapshot.Proxy;
import io.lateen.manager.snapshot.ServedPort;
import io.lateen.manager.translate.envoy.OutboundPolicy;
import io.lateen.manager.translate.security.Protection;
import io.lateen.model.naming.ClusterName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The listeners at a sidecar's own address: where all of its workload's traffic passes. */
public final class OwnListeners {

    private static final String VIRTUAL_INBOUND = "virtualInbound";

    private OwnListeners() {}

    /** The outbound one, and the inbound ones of what the workload serves. */
    public static List<ListenerPlan> of(
            Proxy proxy, Protection protection, OutboundPolicy policy, AccessLogging accessLog) {
        List<ListenerPlan> plans = new ArrayList<>();
        plans.add(new ListenerPlan.Outbound(proxy.address(), unknownHosts(policy), accessLog));
        if (proxy.isTransparent()) {
            plans.add(
                    new RedirectedInbound(
                            proxy.address(),
                            onePerApp(proxy.servedPorts()),
                            protection,
                            accessLog));
            return plans;
        }
        Set<Integer> taken = new HashSet<>();
        for (ServedPort served : proxy.servedPorts()) {
            String name =
                    taken.isEmpty()
                            ? VIRTUAL_INBOUND
                            : proxy.address() + "_" + served.inboundPort();
            if (taken.add(served.inboundPort())) {
                plans.add(new InboundPort(name, proxy.address(), served, protection, accessLog));
            }
        }
        return plans;
    }

    /** Where connections go that are for no service. */
    static TcpShares unknownHosts(OutboundPolicy policy) {
        return TcpShares.all(
                switch (policy) {
                    case ALLOW_ANY -> ClusterName.PASSTHROUGH;
                    case REGISTRY_ONLY -> ClusterName.BLACK_HOLE;
                });
    }

    /** Two services over one port of the application are reached alike. */
    private static List<ServedPort> onePerApp(List<ServedPort> served) {
        Set<Integer> taken = new HashSet<>();
        return served.stream().filter(port -> taken.add(port.appPort())).toList();
    }
}
