package io.lateen.sidecar.plan;

import com.google.protobuf.Struct;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.Locality;
import io.envoyproxy.envoy.config.core.v3.Metadata;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.lateen.sidecar.exchange.WorkloadFacts;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Makes endpoints from {@code envoy.config.endpoint.v3.ClusterLoadAssignment}. */
final class EndpointFactory {

    /** Envoy's: a priority overflows into the next below 100/1.4 = 71 % usable endpoints. */
    private static final int OVERPROVISIONING = 140;

    /** Envoy's limit. */
    private static final int MAX_PRIORITY = 128;

    /** What Linux takes, without the zero at its end. */
    private static final int LONGEST_PATH = 107;

    private final UnaryOperator<WorkloadFacts> intern;
    // Few sets, and many endpoints that have them.
    private final Map<Map<String, String>, Map<String, String>> labelSets = new HashMap<>();

    /**
     * @param intern gives the one instance of equal facts, by which telemetry finds its series
     */
    EndpointFactory(UnaryOperator<WorkloadFacts> intern) {
        this.intern = intern;
    }

    /**
     * @param names whether an address may be a name that is still to be resolved
     */
    List<EndpointPlan> endpoints(ClusterLoadAssignment assignment, boolean names, String at)
            throws Refusal {
        int factor = assignment.getPolicy().getOverprovisioningFactor().getValue();
        if (factor != 0 && factor != OVERPROVISIONING) {
            throw new Refusal(
                    at + "policy.overprovisioning_factor",
                    "is %d; this sidecar expects %d".formatted(factor, OVERPROVISIONING));
        }
        List<EndpointPlan> endpoints = new ArrayList<>();
        for (int i = 0; i < assignment.getEndpointsCount(); i++) {
            LocalityLbEndpoints group = assignment.getEndpoints(i);
            EndpointPlan.Place place = place(group, at + "endpoints[" + i + "]");
            for (int j = 0; j < group.getLbEndpointsCount(); j++) {
                String field = at + "endpoints[" + i + "].lb_endpoints[" + j + "]";
                endpoints.add(endpoint(group.getLbEndpoints(j), place, names, field));
            }
        }
        return endpoints;
    }

    private static EndpointPlan.Place place(LocalityLbEndpoints group, String at) throws Refusal {
        if (group.getPriority() < 0 || group.getPriority() > MAX_PRIORITY) {
            throw new Refusal(at + ".priority", "is not in 0..128");
        }
        int weight = group.getLoadBalancingWeight().getValue();
        if (weight < 0) {
            throw new Refusal(at + ".load_balancing_weight", "is not in 1..2147483647");
        }
        return new EndpointPlan.Place(group.getPriority(), locality(group.getLocality()), weight);
    }

    private EndpointPlan endpoint(
            LbEndpoint from, EndpointPlan.Place place, boolean names, String at) throws Refusal {
        if (!from.hasEndpoint()) {
            throw new Refusal(at, "has no address; expected endpoint.address");
        }
        int weight = from.hasLoadBalancingWeight() ? from.getLoadBalancingWeight().getValue() : 1;
        if (weight < 1) {
            throw new Refusal(at + ".load_balancing_weight", "is not in 1..2147483647");
        }
        EndpointPlan.Health health =
                switch (from.getHealthStatus()) {
                    case UNKNOWN, HEALTHY -> EndpointPlan.Health.HEALTHY;
                    case DEGRADED -> EndpointPlan.Health.DEGRADED;
                    case DRAINING -> EndpointPlan.Health.DRAINING;
                    case UNHEALTHY, TIMEOUT -> EndpointPlan.Health.UNHEALTHY;
                    case UNRECOGNIZED -> throw new Refusal(at + ".health_status", "is not known");
                };
        return new EndpointPlan(
                place(from.getEndpoint().getAddress(), names, at + ".endpoint.address"),
                weight,
                health,
                place,
                intern.apply(workload(from.getMetadata())),
                transportLabels(from.getMetadata()));
    }

    private Map<String, String> transportLabels(Metadata metadata) {
        Struct labels =
                metadata.getFilterMetadataOrDefault(
                        "envoy.transport_socket_match", Struct.getDefaultInstance());
        if (labels.getFieldsCount() == 0) {
            return Map.of();
        }
        Map<String, String> read = HashMap.newHashMap(labels.getFieldsCount());
        labels.getFieldsMap().forEach((name, value) -> read.put(name, value.getStringValue()));
        return labelSets.computeIfAbsent(Map.copyOf(read), same -> same);
    }

    /** Where an endpoint is: an address and a port, or the path of a socket on this machine. */
    private static java.net.SocketAddress place(Address address, boolean names, String field)
            throws Refusal {
        if (!address.hasPipe()) {
            return address(address, names, field);
        }
        String path = address.getPipe().getPath();
        if (!path.startsWith("/")
                || path.indexOf(0) >= 0
                || path.getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH) {
            throw new Refusal(
                    field + ".pipe.path",
                    "is '%s'; expected an absolute path of at most %d bytes"
                            .formatted(path, LONGEST_PATH));
        }
        return UnixDomainSocketAddress.of(path);
    }

    /** A socket's address; a name is kept unresolved where {@code names} are allowed. */
    static InetSocketAddress address(Address address, boolean names, String field) throws Refusal {
        SocketAddress socket = address.getSocketAddress();
        if (!address.hasSocketAddress() || socket.getProtocol() != SocketAddress.Protocol.TCP) {
            throw new Refusal(field, "is no TCP socket; expected socket_address");
        }
        int port = socket.getPortValue();
        if (port < 1 || port > 65535) {
            throw new Refusal(field + ".port_value", "is %d; expected 1..65535".formatted(port));
        }
        byte[] octets = NetUtil.createByteArrayFromIpAddressString(socket.getAddress());
        if (octets != null) {
            try {
                return new InetSocketAddress(InetAddress.getByAddress(octets), port);
            } catch (UnknownHostException impossible) {
                throw new IllegalStateException("an address of 4 or 16 octets", impossible);
            }
        }
        if (!names || socket.getAddress().isEmpty()) {
            throw new Refusal(
                    field + ".address",
                    "is '%s'; expected an IP address".formatted(socket.getAddress()));
        }
        return InetSocketAddress.createUnresolved(socket.getAddress(), port);
    }

    /** {@code workload;namespace;canonical service;canonical revision;cluster} and its labels. */
    private static WorkloadFacts workload(Metadata metadata) {
        String istio = Reading.metadata(metadata, "istio", "workload").getStringValue();
        Struct labels = Reading.metadata(metadata, "lateen", "labels").getStructValue();
        if (istio.isEmpty() && labels.getFieldsCount() == 0) {
            return WorkloadFacts.UNKNOWN;
        }
        String[] parts = istio.split(";", -1);
        return new WorkloadFacts(
                part(parts, 0),
                part(parts, 1),
                label(labels, "app"),
                label(labels, "version"),
                part(parts, 2),
                part(parts, 3),
                part(parts, 4),
                Reading.metadata(metadata, "lateen", "serviceAccount").getStringValue());
    }

    private static String part(String[] parts, int index) {
        return index < parts.length ? parts[index] : "";
    }

    private static String label(Struct labels, String name) {
        return labels.getFieldsOrDefault(name, com.google.protobuf.Value.getDefaultInstance())
                .getStringValue();
    }

    private static String locality(Locality locality) {
        if (locality.getRegion().isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder(locality.getRegion());
        if (!locality.getZone().isEmpty()) {
            text.append('/').append(locality.getZone());
            if (!locality.getSubZone().isEmpty()) {
                text.append('/').append(locality.getSubZone());
            }
        }
        return text.toString();
    }
}
