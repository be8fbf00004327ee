package io.lateen.sidecar.plan;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.lateen.sidecar.ads.ConfigurationUpdate;
import io.lateen.sidecar.ads.Rejection;
import io.lateen.sidecar.ads.ResourceType;
import io.lateen.sidecar.ads.XdsResource;
import io.lateen.sidecar.exchange.WorkloadFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Compiles xDS resources into plans. Each resource is compiled once, when it arrives; a plan puts
 * together what is there, and reuses what did not change.
 *
 * <p>Confined to one thread, the configuration thread.
 */
public final class PlanCompiler {

    private final Map<WorkloadFacts, WorkloadFacts> workloads = new HashMap<>();
    private final EndpointFactory endpointFactory =
            new EndpointFactory(facts -> workloads.computeIfAbsent(facts, same -> same));
    private final ClusterFactory clusterFactory = new ClusterFactory(endpointFactory);

    private final Map<String, ClusterFactory.Compiled> clusters = new HashMap<>();
    private final Map<String, List<EndpointPlan>> endpoints = new HashMap<>();
    private final Map<String, ListenerDraft> listeners = new HashMap<>();
    private final Map<String, RouteTable> routes = new HashMap<>();
    private final PlanAssembly assembly;

    /**
     * @param dependencies sockets that stand for services, from the settings
     */
    public PlanCompiler(List<SocketPlan> dependencies) {
        this(dependencies, null);
    }

    /**
     * @param dependencies sockets that stand for services, from the settings
     * @param gateways that connections to a gateway begin with a PROXY header, where its listener
     *     says nothing of it; null when they do not
     */
    public PlanCompiler(List<SocketPlan> dependencies, @Nullable ProxyHeaders gateways) {
        this.assembly = new PlanAssembly(dependencies, gateways);
    }

    /**
     * Compiles what an update changes. A refused resource leaves its last good version.
     *
     * @return those that were refused
     */
    public List<Rejection> accept(ConfigurationUpdate update) {
        List<Rejection> rejections = new ArrayList<>();
        for (XdsResource resource : update.changed()) {
            try {
                compile(update.type(), resource);
            } catch (Refusal refusal) {
                rejections.add(new Rejection(resource.name(), refusal.reason()));
            }
        }
        update.removed().forEach(name -> remove(update.type(), name));
        return rejections;
    }

    /** The names that listeners and clusters need of {@code type}, endpoints or routes. */
    public Set<String> wanted(ResourceType type) {
        Set<String> wanted = new TreeSet<>();
        switch (type) {
            case ENDPOINTS -> clusters.values().forEach(each -> add(wanted, each.endpointsName()));
            case ROUTES -> listeners.values().forEach(each -> wanted.addAll(each.routesNames()));
            case CLUSTERS, LISTENERS -> {
                // Asked for as a whole.
            }
        }
        return wanted;
    }

    /** What is needed and has not come yet: a plan without it would refuse what it should carry. */
    public Set<String> missing() {
        Set<String> missing = new TreeSet<>();
        for (String name : wanted(ResourceType.ENDPOINTS)) {
            if (!endpoints.containsKey(name)) {
                missing.add("endpoints of " + name);
            }
        }
        for (String name : wanted(ResourceType.ROUTES)) {
            if (!routes.containsKey(name)) {
                missing.add("routes " + name);
            }
        }
        return missing;
    }

    /** Puts together what is there; what is missing is empty. */
    public Plan plan(long revision) {
        forgetUnused(endpoints, ResourceType.ENDPOINTS);
        forgetUnused(routes, ResourceType.ROUTES);
        return assembly.plan(revision, clusters, endpoints, listeners, routes);
    }

    private void compile(ResourceType type, XdsResource resource) throws Refusal {
        if (!resource.body().getTypeUrl().equals(type.typeUrl())) {
            throw new Refusal(
                    "type_url",
                    "is '%s'; expected %s".formatted(resource.body().getTypeUrl(), type.typeUrl()));
        }
        String name = resource.name();
        switch (type) {
            case CLUSTERS ->
                    clusters.put(
                            name,
                            clusterFactory.cluster(
                                    parse(resource, Cluster.parser(), KnownClusterFields.CLUSTER)));
            case ENDPOINTS ->
                    endpoints.put(
                            name,
                            endpointFactory.endpoints(
                                    parse(
                                            resource,
                                            ClusterLoadAssignment.parser(),
                                            KnownClusterFields.ENDPOINTS),
                                    false,
                                    ""));
            case LISTENERS ->
                    listeners.put(
                            name,
                            ListenerFactory.listener(
                                    parse(resource, Listener.parser(), KnownFields.LISTENER)));
            case ROUTES ->
                    routes.put(
                            name,
                            RouteTable.compile(
                                    parse(
                                            resource,
                                            RouteConfiguration.parser(),
                                            KnownFields.ROUTES),
                                    routes.get(name)));
        }
    }

    private static <T> T parse(XdsResource resource, Parser<T> parser, Shape shape) throws Refusal {
        shape.check(resource.body().getValue(), "");
        try {
            return parser.parseFrom(resource.body().getValue());
        } catch (InvalidProtocolBufferException broken) {
            throw new Refusal("the resource", "cannot be read: " + broken.getMessage());
        }
    }

    /** What is asked for by name and reported gone does not exist: it is known to be empty. */
    private void remove(ResourceType type, String name) {
        switch (type) {
            case CLUSTERS -> clusters.remove(name);
            case ENDPOINTS -> endpoints.put(name, List.of());
            case LISTENERS -> listeners.remove(name);
            case ROUTES -> routes.put(name, RouteTable.EMPTY);
        }
    }

    private void forgetUnused(Map<String, ?> held, ResourceType type) {
        if (held.size() > wanted(type).size()) {
            held.keySet().retainAll(wanted(type));
        }
    }

    private static void add(Set<String> names, @Nullable String name) {
        if (name != null) {
            names.add(name);
        }
    }
}
