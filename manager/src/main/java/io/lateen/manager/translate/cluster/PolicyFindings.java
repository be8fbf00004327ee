package io.lateen.manager.translate.cluster;

import io.lateen.manager.snapshot.Finding;
import io.lateen.manager.snapshot.MeshSnapshot;
import io.lateen.manager.snapshot.NamespaceView;
import io.lateen.model.naming.Hostname;
import io.lateen.model.resource.DestinationRule;
import io.lateen.model.resource.LoadBalancer;
import io.lateen.model.resource.Resource;
import io.lateen.model.resource.TrafficPolicy;
import io.lateen.model.service.Endpoint;
import io.lateen.model.service.Resolution;
import io.lateen.model.service.Service;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the authors of DestinationRules should know: settings that have no effect yet, hosts that no
 * service has, subsets without workloads.
 */
public final class PolicyFindings {

    private final MeshSnapshot snapshot;
    private final Map<String, NamespaceView> views = new HashMap<>();
    private final List<Finding> findings = new ArrayList<>();

    private PolicyFindings(MeshSnapshot snapshot) {
        this.snapshot = snapshot;
    }

    /** The findings on every DestinationRule of the mesh. */
    public static List<Finding> of(MeshSnapshot snapshot) {
        PolicyFindings all = new PolicyFindings(snapshot);
        snapshot.resourcesOldestFirst()
                .forEach(
                        resource -> {
                            if (resource.spec() instanceof DestinationRule rule) {
                                all.check(resource, rule);
                            }
                        });
        return List.copyOf(all.findings);
    }

    private void check(Resource resource, DestinationRule rule) {
        policy(resource, rule, rule.trafficPolicy(), "spec.trafficPolicy");
        for (int i = 0; i < rule.subsets().size(); i++) {
            policy(
                    resource,
                    rule,
                    rule.subsets().get(i).trafficPolicy(),
                    "spec.subsets[" + i + "].trafficPolicy");
        }
        Hostname host = rule.host().resolve(resource.metadata().namespace(), MeshSnapshot.DOMAIN);
        List<Service> services =
                views.computeIfAbsent(resource.metadata().namespace(), snapshot::viewFrom)
                        .servicesOf(host);
        if (services.isEmpty()) {
            find(
                    resource,
                    "spec.host",
                    "found host %s, which no service has (as %s): the rule has no effect; correct the name, or create the service"
                            .formatted(rule.host(), host));
            return;
        }
        for (int i = 0; i < rule.subsets().size(); i++) {
            subset(resource, rule.subsets().get(i), "spec.subsets[" + i + "].labels", services);
        }
    }

    /** Only where endpoints are listed: those that are looked up have no labels of their own. */
    private void subset(
            Resource resource, DestinationRule.Subset subset, String path, List<Service> services) {
        List<Endpoint> endpoints =
                services.stream()
                        .filter(service -> service.resolution() == Resolution.STATIC)
                        .flatMap(
                                service ->
                                        service.ports().stream()
                                                .flatMap(
                                                        port ->
                                                                snapshot
                                                                        .serviceIndex()
                                                                        .endpoints(
                                                                                service,
                                                                                port.number())
                                                                        .stream()))
                        .toList();
        boolean some =
                endpoints.stream()
                        .anyMatch(
                                endpoint ->
                                        endpoint.workload()
                                                .labels()
                                                .entrySet()
                                                .containsAll(subset.labels().entrySet()));
        if (!endpoints.isEmpty() && !some) {
            find(
                    resource,
                    path,
                    "subset %s matches no endpoint: found none of %d with the labels %s; requests to it are answered with 503; correct the labels, or start such a workload"
                            .formatted(subset.name(), endpoints.size(), subset.labels()));
        }
    }

    private void policy(
            Resource resource, DestinationRule rule, @Nullable TrafficPolicy policy, String path) {
        if (policy == null) {
            return;
        }
        tls(resource, rule, policy.tls(), path);
        balancing(resource, policy.loadBalancer(), path);
        notYet(resource, policy.tunnel(), path + ".tunnel");
        notYet(resource, policy.proxyProtocol(), path + ".proxyProtocol");
        ejection(resource, policy.outlierDetection(), path);
        for (int i = 0; i < policy.portLevelSettings().size(); i++) {
            TrafficPolicy.PortPolicy port = policy.portLevelSettings().get(i);
            String at = path + ".portLevelSettings[" + i + "]";
            tls(resource, rule, port.tls(), at);
            balancing(resource, port.loadBalancer(), at);
            ejection(resource, port.outlierDetection(), at);
        }
    }

    private void tls(
            Resource resource,
            DestinationRule rule,
            TrafficPolicy.@Nullable ClientTls tls,
            String path) {
        if (tls == null
                || tls.mode() == TrafficPolicy.ClientTlsMode.DISABLE
                || tls.mode() == TrafficPolicy.ClientTlsMode.ISTIO_MUTUAL) {
            return;
        }
        Hostname host = rule.host().resolve(resource.metadata().namespace(), MeshSnapshot.DOMAIN);
        if (OutsideNames.serverName(tls, host).isEmpty()) {
            find(
                    resource,
                    path + ".tls.sni",
                    "found nothing for the host %s, expected the name that the server's certificate must be for: requests are answered with 503; set sni, or write a rule for each host"
                            .formatted(host));
        }
    }

    private void ejection(
            Resource resource, TrafficPolicy.@Nullable OutlierDetection ejection, String path) {
        if (ejection != null && !ejection.outlierDetectionHttpErrorCodes().isEmpty()) {
            notYet(
                    resource,
                    ejection.outlierDetectionHttpErrorCodes(),
                    path + ".outlierDetection.outlierDetectionHttpErrorCodes");
        }
    }

    private void balancing(Resource resource, @Nullable LoadBalancer balancer, String path) {
        if (balancer == null) {
            return;
        }
        String at = path + ".loadBalancer";
        notYet(resource, balancer.backendUtilization(), at + ".backendUtilization");
        LoadBalancer.ZonePreference zone = balancer.zoneAwareLbSetting();
        if (zone != null && !Boolean.FALSE.equals(zone.enabled())) {
            notYet(resource, zone, at + ".zoneAwareLbSetting");
        }
    }

    private void notYet(Resource resource, @Nullable Object written, String path) {
        if (written != null) {
            find(
                    resource,
                    path,
                    "found a setting that is not supported yet and has no effect; remove it");
        }
    }

    private void find(Resource resource, String path, String message) {
        findings.add(new Finding(resource.key(), path, message));
    }
}
