package io.lateen.manager.translate.quota;

import io.envoyproxy.envoy.config.core.v3.ApiVersion;
import io.envoyproxy.envoy.config.core.v3.GrpcService;
import io.envoyproxy.envoy.config.ratelimit.v3.RateLimitServiceConfig;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.type.v3.HttpStatus;
import io.envoyproxy.envoy.type.v3.StatusCode;
import io.lateen.manager.snapshot.MeshSnapshot;
import io.lateen.manager.snapshot.Proxy;
import io.lateen.manager.snapshot.ServedPort;
import io.lateen.manager.translate.envoy.Deterministic;
import io.lateen.manager.translate.envoy.Words;
import io.lateen.model.naming.ProxyType;
import io.lateen.model.resource.RateLimit;
import io.lateen.model.resource.RateLimit.OnUnavailable;
import io.lateen.model.resource.Resource;
import io.lateen.model.resource.WorkloadSelector;
import java.util.ArrayList;
import java.util.List;

/**
 * The RateLimits that calls to one workload are under, the oldest first. Each has a filter of its
 * own, which asks about the rules of its number: Envoy's stage.
 */
public record Limits(List<Resource> resources) {

    /** Nothing is counted. */
    public static final Limits NONE = new Limits(List.of());

    /** Envoy knows the stages 0 to 10. */
    static final int MOST = 11;

    private static final String DOMAIN = "lateen";

    /** Copies the list. */
    public Limits {
        resources = List.copyOf(resources);
    }

    /** Those that calls to a proxy's workload may be under, on one port or another. */
    public static Limits of(MeshSnapshot snapshot, Proxy proxy) {
        if (proxy.id().type() != ProxyType.SIDECAR) {
            return NONE;
        }
        return new Limits(
                snapshot.resourcesOldestFirst().stream()
                        .filter(resource -> resource.spec() instanceof RateLimit)
                        .filter(
                                resource ->
                                        isOf(resource, proxy)
                                                || proxy.servedPorts().stream()
                                                        .anyMatch(port -> isOf(resource, port)))
                        .toList());
    }

    /** Those of one port of the workload; what Envoy has no room for is left out. */
    public Limits at(ServedPort port) {
        return new Limits(
                resources.stream()
                        .filter(
                                resource ->
                                        spec(resource).service() == null || isOf(resource, port))
                        .limit(MOST)
                        .toList());
    }

    private static boolean isOf(Resource resource, Proxy proxy) {
        WorkloadSelector selector = spec(resource).selector();
        return selector != null
                && resource.metadata().namespace().equals(proxy.namespace())
                && selector.selects(proxy.workload().labels());
    }

    private static boolean isOf(Resource resource, ServedPort port) {
        return resource.metadata().namespace().equals(port.namespace())
                && port.service().equals(spec(resource).service());
    }

    static RateLimit spec(Resource resource) {
        return (RateLimit) resource.spec();
    }

    /** The filters, in order. */
    public List<HttpFilter> filters() {
        List<HttpFilter> filters = new ArrayList<>();
        int stage = 0;
        for (Resource resource : resources) {
            filters.add(
                    isLocal(resource)
                            ? LocalLimits.filter(resource)
                            : HttpFilter.newBuilder()
                                    .setName("envoy.filters.http.ratelimit")
                                    .setTypedConfig(
                                            Deterministic.any(filter(spec(resource), stage++)))
                                    .build());
        }
        return filters;
    }

    /** Whether each sidecar counts for itself. */
    static boolean isLocal(Resource resource) {
        return spec(resource).scope() == RateLimit.Scope.Workload;
    }

    private static io.envoyproxy.envoy.extensions.filters.http.ratelimit.v3.RateLimit filter(
            RateLimit spec, int stage) {
        return io.envoyproxy.envoy.extensions.filters.http.ratelimit.v3.RateLimit.newBuilder()
                .setDomain(DOMAIN)
                .setStage(stage)
                .setTimeout(Words.duration(spec.deadline()))
                .setFailureModeDeny(spec.onUnavailable() == OnUnavailable.Deny)
                // Nothing is wrong with the request: it may be sent again.
                .setStatusOnError(HttpStatus.newBuilder().setCode(StatusCode.ServiceUnavailable))
                .setDisableXEnvoyRatelimitedHeader(true)
                .setRateLimitService(
                        RateLimitServiceConfig.newBuilder()
                                .setTransportApiVersion(ApiVersion.V3)
                                .setGrpcService(
                                        GrpcService.newBuilder()
                                                .setEnvoyGrpc(
                                                        GrpcService.EnvoyGrpc.newBuilder()
                                                                .setClusterName(Words.MIXER))))
                .build();
    }

    /** What the requests of a route are counted by. */
    public List<io.envoyproxy.envoy.config.route.v3.RateLimit> ofRoute() {
        List<io.envoyproxy.envoy.config.route.v3.RateLimit> all = new ArrayList<>();
        int stage = 0;
        for (Resource resource : resources) {
            if (isLocal(resource)) {
                continue;
            }
            List<RateLimit.Limit> limits = spec(resource).limits();
            for (int i = 0; i < limits.size(); i++) {
                String id = name(resource) + "/" + i;
                all.addAll(new Descriptors(stage, id, headers(limits.get(i))).all());
            }
            stage++;
        }
        return all;
    }

    static String name(Resource resource) {
        return resource.metadata().namespace() + "/" + resource.metadata().name();
    }

    static List<String> headers(RateLimit.Limit limit) {
        return limit.by().stream().map(RateLimit.Key::header).toList();
    }
}
