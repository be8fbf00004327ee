package io.lateen.manager.translate.quota;

import io.lateen.manager.snapshot.Finding;
import io.lateen.manager.snapshot.MeshSnapshot;
import io.lateen.manager.snapshot.Proxy;
import io.lateen.manager.snapshot.ServedPort;
import io.lateen.model.naming.Hostname;
import io.lateen.model.resource.RateLimit;
import io.lateen.model.resource.Resource;
import java.util.ArrayList;
import java.util.List;

/** What the authors of RateLimits should know: that nobody counts, or that nobody is counted. */
public final class LimitFindings {

    private LimitFindings() {}

    /**
     * The findings on every RateLimit of the mesh.
     *
     * @param counted whether there is a mixer
     */
    public static List<Finding> of(MeshSnapshot snapshot, boolean counted) {
        List<Finding> findings = new ArrayList<>();
        for (Resource resource : snapshot.resourcesOldestFirst()) {
            if (!(resource.spec() instanceof RateLimit spec)) {
                continue;
            }
            if (!counted && !Limits.isLocal(resource)) {
                findings.add(
                        new Finding(
                                resource.key(),
                                "spec",
                                "found a limit, and this mesh has no mixer to count: it has no"
                                        + " effect; start the manager with --lateen.mixer.address"));
            }
            String service = spec.service();
            if (service != null && !exists(snapshot, resource, service)) {
                findings.add(
                        new Finding(
                                resource.key(),
                                "spec.service",
                                "found %s, and there is no such service in namespace %s: nobody is counted; correct the name, or create the service"
                                        .formatted(service, resource.metadata().namespace())));
            }
        }
        return findings;
    }

    /** The findings on RateLimits that a proxy has no room for. */
    public static List<Finding> of(Limits limits, Proxy proxy) {
        List<Finding> findings = new ArrayList<>();
        for (ServedPort port : proxy.servedPorts()) {
            List<Resource> all =
                    limits.resources().stream()
                            .filter(
                                    resource -> {
                                        String service = Limits.spec(resource).service();
                                        return service == null || service.equals(port.service());
                                    })
                            .toList();
            for (Resource beyond : all.subList(Math.min(all.size(), Limits.MOST), all.size())) {
                findings.add(
                        new Finding(
                                beyond.key(),
                                "spec",
                                "found more than %d RateLimits on service %s: the younger ones have no effect; put limits into one RateLimit"
                                        .formatted(Limits.MOST, port.service())));
            }
        }
        return findings;
    }

    private static boolean exists(MeshSnapshot snapshot, Resource resource, String service) {
        Hostname host =
                Hostname.resolve(service, resource.metadata().namespace(), MeshSnapshot.DOMAIN);
        return !snapshot.viewFrom(resource.metadata().namespace()).servicesOf(host).isEmpty();
    }
}
