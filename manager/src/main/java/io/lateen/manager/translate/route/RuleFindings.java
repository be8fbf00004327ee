package io.lateen.manager.translate.route;

import io.lateen.manager.snapshot.Finding;
import io.lateen.manager.snapshot.MeshSnapshot;
import io.lateen.manager.snapshot.NamespaceView;
import io.lateen.manager.snapshot.RoutingRule;
import io.lateen.model.naming.Hostname;
import io.lateen.model.resource.Gateway;
import io.lateen.model.resource.GatewayReference;
import io.lateen.model.resource.Resource;
import io.lateen.model.resource.ResourceKey;
import io.lateen.model.resource.ServiceEntry;
import io.lateen.model.service.Resolution;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the authors of VirtualServices and ServiceEntries should know whoever the proxies are: hosts
 * that no service has, Gateways that are not there, parts that have no effect yet.
 */
public final class RuleFindings {

    private final MeshSnapshot snapshot;
    private final Map<String, NamespaceView> views = new HashMap<>();
    private final List<Finding> findings = new ArrayList<>();

    private RuleFindings(MeshSnapshot snapshot) {
        this.snapshot = snapshot;
    }

    /** The findings on every VirtualService and ServiceEntry of the mesh. */
    public static List<Finding> of(MeshSnapshot snapshot) {
        RuleFindings all = new RuleFindings(snapshot);
        snapshot.routingRules().forEach(all::check);
        for (Resource resource : snapshot.resourcesOldestFirst()) {
            if (resource.spec() instanceof ServiceEntry entry) {
                all.check(resource, entry);
            }
        }
        return List.copyOf(all.findings);
    }

    private void check(RoutingRule rule) {
        if (rule.isForSidecars()) {
            hosts(rule);
        }
        List<GatewayReference> references = rule.spec().gateways();
        for (int i = 0; i < references.size(); i++) {
            if (!references.get(i).isMesh()) {
                gateway(rule, references.get(i), "spec.gateways[" + i + "]");
            }
        }
    }

    private void hosts(RoutingRule rule) {
        NamespaceView view = views.computeIfAbsent(rule.namespace(), snapshot::viewFrom);
        for (int i = 0; i < rule.hosts().size(); i++) {
            Hostname host = rule.hosts().get(i);
            if (view.servicesOf(host).isEmpty()) {
                find(
                        rule.resource(),
                        "spec.hosts[" + i + "]",
                        "found host %s, which no service has (as %s): sidecars route it on HTTP port 80 only; correct the name, or create the service or a ServiceEntry"
                                .formatted(rule.spec().hosts().get(i), host));
            }
        }
    }

    private void gateway(RoutingRule rule, GatewayReference reference, String path) {
        ResourceKey key = reference.resolve(rule.namespace());
        Optional<Resource> found =
                snapshot.gateways().stream()
                        .filter(resource -> resource.key().equals(key))
                        .findFirst();
        if (found.isEmpty()) {
            find(
                    rule.resource(),
                    path,
                    "found %s, and there is no Gateway %s/%s: no router takes this rule; correct the name, or create the Gateway"
                            .formatted(reference, key.namespace(), key.name()));
            return;
        }
        Gateway gateway = (Gateway) found.get().spec();
        boolean admitted =
                gateway.servers().stream()
                        .flatMap(server -> server.hosts().stream())
                        .filter(host -> host.admits(rule.namespace(), key.namespace()))
                        .anyMatch(host -> rule.hosts().stream().anyMatch(host.host()::matches));
        if (!admitted) {
            find(
                    rule.resource(),
                    path,
                    "found %s, none of whose servers admits a host of this rule: no router takes it; add the host to a server of the Gateway"
                            .formatted(reference));
        }
    }

    private void check(Resource resource, ServiceEntry entry) {
        if (entry.resolution() == Resolution.DYNAMIC_DNS) {
            find(
                    resource,
                    "spec.resolution",
                    "found DYNAMIC_DNS, which is not supported yet: requests are answered with 503;"
                            + " use NONE");
        }
        for (int i = 0; i < entry.endpoints().size(); i++) {
            String address = entry.endpoints().get(i).address();
            boolean socket = address != null && address.startsWith("unix://");
            if (address == null || (socket && entry.resolution() != Resolution.STATIC)) {
                find(
                        resource,
                        "spec.endpoints[" + i + "].address",
                        "found %s, expected an IP address or a name: the endpoint is left out"
                                .formatted(address == null ? "none" : address));
            }
        }
        if (!entry.addresses().isEmpty()
                && entry.addresses().stream().allMatch(address -> address.contains("/"))
                && entry.ports().stream().allMatch(port -> port.protocol().isHttp())) {
            find(
                    resource,
                    "spec.addresses",
                    "found networks only, which do not tell requests apart: the service is reached by its hosts' names; leave them out, or declare the ports as TCP");
        }
    }

    private void find(Resource resource, String path, String message) {
        findings.add(new Finding(resource.key(), path, message));
    }
}
