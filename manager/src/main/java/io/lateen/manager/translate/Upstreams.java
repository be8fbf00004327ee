package io.lateen.manager.translate;

import io.lateen.manager.snapshot.DestinationPolicy;
import io.lateen.manager.snapshot.MeshSnapshot;
import io.lateen.manager.snapshot.NamespaceView;
import io.lateen.manager.translate.cluster.LocalityRule;
import io.lateen.manager.translate.cluster.OutboundCluster;
import io.lateen.manager.translate.cluster.OutboundCluster.Reader;
import io.lateen.manager.translate.cluster.PortTraffic;
import io.lateen.manager.translate.cluster.ServiceEncryption;
import io.lateen.manager.translate.cluster.ServicePolicies;
import io.lateen.manager.translate.endpoint.ClientPlace;
import io.lateen.manager.translate.envoy.Metadatas;
import io.lateen.manager.translate.security.TrustDomains;
import io.lateen.model.resource.DestinationRule;
import io.lateen.model.service.Protocol;
import io.lateen.model.service.Resolution;
import io.lateen.model.service.Service;
import io.lateen.model.service.ServicePort;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a kind of client may call, and how.
 *
 * @param view what its namespace sees
 * @param policies by which DestinationRules it calls
 * @param resources the clusters and endpoints
 */
record Upstreams(NamespaceView view, ServicePolicies policies, ProxyConfiguration resources) {

    static Upstreams of(
            MeshSnapshot snapshot,
            ClientKind kind,
            TrustDomains trust,
            LoadAssignments assignments,
            TranslationMemory memory) {
        NamespaceView view = snapshot.viewFrom(kind.source().namespace());
        ServicePolicies policies = ServicePolicies.of(view, kind.source().labels());
        Maker maker =
                new Maker(
                        policies,
                        service ->
                                ServiceEncryption.of(
                                        view.serviceIndex(), service, trust, kind.certified()),
                        kind.reader(),
                        kind.place(),
                        assignments,
                        memory,
                        new ConfigurationBuilder());
        view.services().forEach(maker::add);
        return new Upstreams(view, policies, maker.builder.build());
    }

    /** One cluster for every port, and one more for every subset of it. */
    private record Maker(
            ServicePolicies policies,
            Function<Service, ServiceEncryption> encryptions,
            Reader reader,
            ClientPlace place,
            LoadAssignments assignments,
            TranslationMemory memory,
            ConfigurationBuilder builder) {

        void add(Service service) {
            Optional<DestinationPolicy> policy = policies.of(service);
            ServiceEncryption encryption = encryptions.apply(service);
            String rulePath = policy.map(found -> Metadatas.path(found.origin())).orElse(null);
            for (ServicePort port : service.ports()) {
                if (port.protocol() == Protocol.UDP) {
                    continue;
                }
                add(encryption, port, "", Map.of(), rulePath);
                for (String name : policies.subsets(service)) {
                    Map<String, String> labels =
                            policy.flatMap(found -> found.subset(name))
                                    .map(DestinationPolicy.Subset::value)
                                    .map(DestinationRule.Subset::labels)
                                    .orElse(Map.of());
                    add(encryption, port, name, labels, rulePath);
                }
            }
        }

        private void add(
                ServiceEncryption encryption,
                ServicePort port,
                String subset,
                Map<String, String> labels,
                @Nullable String rulePath) {
            Service service = encryption.service();
            PortTraffic traffic = policies.traffic(service, port.number(), subset);
            LoadAssignments.Selection selection =
                    new LoadAssignments.Selection(
                            labels,
                            LocalityRule.readyAlone(traffic),
                            LocalityRule.nearness(traffic, place));
            OutboundCluster cluster =
                    new OutboundCluster(
                            service,
                            port,
                            subset,
                            traffic,
                            encryption.of(port, subset, traffic),
                            rulePath,
                            lookedUp(service, port, selection),
                            reader);
            if (reader == Reader.GRPC && !cluster.isByEds()) {
                return;
            }
            builder.cluster(memory.cluster(cluster));
            if (cluster.isByEds()) {
                builder.endpoints(assignments.of(cluster.name(), service, selection));
            }
        }

        private OutboundCluster.LookedUp lookedUp(
                Service service, ServicePort port, LoadAssignments.Selection selection) {
            boolean byDns =
                    service.resolution() == Resolution.DNS
                            || service.resolution() == Resolution.DNS_ROUND_ROBIN;
            return byDns
                    ? new OutboundCluster.LookedUp(
                            assignments.select(service, port.number(), selection),
                            selection.nearness())
                    : OutboundCluster.LookedUp.NONE;
        }
    }
}
