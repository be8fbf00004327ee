package io.lateen.sidecar.tls;

import io.lateen.sidecar.plan.CertificatePlace;
import io.lateen.sidecar.plan.ClusterPlan;
import io.lateen.sidecar.plan.DownstreamTls;
import io.lateen.sidecar.plan.EndpointTransport;
import io.lateen.sidecar.plan.FilterChain;
import io.lateen.sidecar.plan.ListenerPlan;
import io.lateen.sidecar.plan.OutsideTrust;
import io.lateen.sidecar.plan.Plan;
import io.lateen.sidecar.plan.RootsPlace;
import io.lateen.sidecar.plan.UpstreamTls;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a plan needs to speak with those outside the mesh. */
record OutsideNeeds(List<DownstreamTls.Outside> servers, List<UpstreamTls.Outside> clients) {

    static OutsideNeeds of(Plan plan) {
        OutsideNeeds needs = new OutsideNeeds(new ArrayList<>(), new ArrayList<>());
        plan.listeners().values().forEach(needs::add);
        plan.clusters().values().forEach(needs::add);
        return needs;
    }

    private void add(ListenerPlan listener) {
        if (!(listener instanceof ListenerPlan.Chains(var chains))) {
            return;
        }
        chains.chains().forEach(this::add);
        FilterChain otherwise = chains.otherwise();
        if (otherwise != null) {
            add(otherwise);
        }
    }

    private void add(FilterChain chain) {
        if (chain.tls() instanceof DownstreamTls.Outside outside) {
            servers.add(outside);
        }
    }

    private void add(ClusterPlan cluster) {
        for (EndpointTransport.Choice each : cluster.transport().choices()) {
            add(each.tls());
        }
        add(cluster.transport().otherwise());
    }

    private void add(@Nullable UpstreamTls tls) {
        if (tls instanceof UpstreamTls.Outside outside) {
            clients.add(outside);
        }
    }

    Set<CertificatePlace> certificates() {
        Set<CertificatePlace> places = new HashSet<>();
        servers.forEach(each -> places.add(each.certificate()));
        for (UpstreamTls.Outside each : clients) {
            CertificatePlace own = each.own();
            if (own != null) {
                places.add(own);
            }
        }
        return places;
    }

    Set<RootsPlace> roots() {
        Set<RootsPlace> places = new HashSet<>();
        servers.forEach(each -> add(each.trust(), places));
        clients.forEach(each -> add(each.trust(), places));
        return places;
    }

    private static void add(OutsideTrust trust, Set<RootsPlace> places) {
        RootsPlace roots = trust.roots();
        if (roots != null) {
            places.add(roots);
        }
    }
}
