package io.lateen.manager.translate.gateway;

import io.lateen.manager.snapshot.Finding;
import io.lateen.manager.snapshot.MeshSnapshot;
import io.lateen.manager.snapshot.Proxy;
import io.lateen.model.resource.DestinationRule;
import io.lateen.model.resource.Gateway;
import io.lateen.model.resource.Resource;
import io.lateen.model.resource.TrafficPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which resources name a certificate that a proxy cannot use. The proxy says so itself: it alone
 * has the files.
 */
public final class CredentialFindings {

    private final Proxy proxy;
    private final Map<String, String> faults;
    private final List<Finding> findings = new ArrayList<>();

    private CredentialFindings(Proxy proxy, Map<String, String> faults) {
        this.proxy = proxy;
        this.faults = faults;
    }

    /**
     * What the authors of Gateways and DestinationRules should know.
     *
     * @param faults what is wrong, by the places' names: {@code credential shop}, {@code
     *     authorities of credential shop}, {@code certificate /path}, {@code authorities /path}
     */
    public static List<Finding> of(MeshSnapshot snapshot, Proxy proxy, Map<String, String> faults) {
        if (faults.isEmpty()) {
            return List.of();
        }
        CredentialFindings all = new CredentialFindings(proxy, faults);
        for (Resource resource : snapshot.resourcesOldestFirst()) {
            if (resource.spec() instanceof Gateway gateway) {
                all.check(resource, gateway);
            } else if (resource.spec() instanceof DestinationRule rule) {
                all.check(resource, rule);
            }
        }
        return List.copyOf(all.findings);
    }

    private void check(Resource resource, Gateway gateway) {
        if (!proxy.workload().labels().entrySet().containsAll(gateway.selector().entrySet())) {
            return;
        }
        for (int i = 0; i < gateway.servers().size(); i++) {
            Gateway.ServerTls tls = gateway.servers().get(i).tls();
            String at = "spec.servers[" + i + "].tls.";
            if (tls == null) {
                continue;
            }
            credential(resource, tls.credentialName(), at + "credentialName");
            for (String name : tls.credentialNames()) {
                credential(resource, name, at + "credentialNames");
            }
            place(
                    resource,
                    "authorities of credential ",
                    tls.caCertCredentialName(),
                    at + "caCertCredentialName");
            place(resource, "certificate ", tls.serverCertificate(), at + "serverCertificate");
            place(resource, "authorities ", tls.caCertificates(), at + "caCertificates");
            for (Gateway.TlsCertificate files : tls.tlsCertificates()) {
                place(resource, "certificate ", files.serverCertificate(), at + "tlsCertificates");
                place(resource, "authorities ", files.caCertificates(), at + "tlsCertificates");
            }
        }
    }

    private void check(Resource resource, DestinationRule rule) {
        Stream.concat(
                        Stream.ofNullable(rule.trafficPolicy()),
                        rule.subsets().stream()
                                .map(DestinationRule.Subset::trafficPolicy)
                                .filter(Objects::nonNull))
                .flatMap(
                        policy ->
                                Stream.concat(
                                        Stream.ofNullable(policy.tls()),
                                        policy.portLevelSettings().stream()
                                                .map(TrafficPolicy.PortPolicy::tls)
                                                .filter(Objects::nonNull)))
                .forEach(tls -> check(resource, tls));
    }

    private void check(Resource resource, TrafficPolicy.ClientTls tls) {
        credential(resource, tls.credentialName(), "spec.trafficPolicy.tls.credentialName");
        place(
                resource,
                "certificate ",
                tls.clientCertificate(),
                "spec.trafficPolicy.tls.clientCertificate");
        place(
                resource,
                "authorities ",
                tls.caCertificates(),
                "spec.trafficPolicy.tls.caCertificates");
    }

    private void credential(Resource resource, @Nullable String name, String path) {
        place(resource, "credential ", name, path);
        place(resource, "authorities of credential ", name, path);
    }

    private void place(Resource resource, String kind, @Nullable String name, String path) {
        String fault = name == null ? null : faults.get(kind + name);
        if (fault != null) {
            findings.add(
                    new Finding(
                            resource.key(),
                            path,
                            "%s cannot be used by %s: %s"
                                    .formatted(kind + name, proxy.workload().name(), fault)));
        }
    }
}
