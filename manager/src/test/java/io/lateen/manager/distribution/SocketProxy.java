package io.lateen.manager.distribution;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.rpc.Status;
import io.envoyproxy.envoy.config.core.v3.HealthStatus;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A sidecar's end of a delta stream over a real socket: asks for all clusters and listeners, for
 * the endpoints and routes of what it got, and agrees to everything that a test does not refuse.
 * Guarded by its monitor.
 */
final class SocketProxy implements AutoCloseable {

    private static final String PREFIX = "type.googleapis.com/envoy.config.";
    static final String CDS = PREFIX + "cluster.v3.Cluster";
    static final String EDS = PREFIX + "endpoint.v3.ClusterLoadAssignment";
    static final String LDS = PREFIX + "listener.v3.Listener";
    static final String RDS = PREFIX + "route.v3.RouteConfiguration";
    private static final String HEALTH = "type.googleapis.com/istio.v1.HealthInformation";

    private final String name;
    private final String address;
    private final long started = System.currentTimeMillis();
    private final Map<String, Map<String, Resource>> held = new TreeMap<>();
    private final List<String> received = new ArrayList<>();
    private Predicate<DeltaDiscoveryResponse> refuses = response -> false;
    private Predicate<DeltaDiscoveryResponse> ponders = response -> false;
    private final List<DeltaDiscoveryResponse> unanswered = new ArrayList<>();
    private String account = "";
    private String failure = "";
    private @Nullable ManagedChannel channel;
    private @Nullable StreamObserver<DeltaDiscoveryRequest> stream;

    /** A sidecar of version v1 of the service {@code echo}. */
    SocketProxy(String name, String address) {
        this.name = name;
        this.address = address;
    }

    /** The same, which says that its workload runs as a service account. */
    SocketProxy as(String serviceAccount) {
        account = serviceAccount;
        return this;
    }

    /** Connects to a manager, saying what it holds already. */
    SocketProxy connect(int port) {
        return connect(port, InsecureChannelCredentials.create());
    }

    /** The same with a certificate. */
    synchronized SocketProxy connect(int port, ChannelCredentials credentials) {
        ManagedChannel opened =
                NettyChannelBuilder.forAddress(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                                credentials)
                        .build();
        channel = opened;
        failure = "";
        received.clear();
        stream =
                AggregatedDiscoveryServiceGrpc.newStub(opened)
                        .deltaAggregatedResources(new Inbox());
        ask(CDS, List.of());
        ask(LDS, List.of());
        for (String type : List.of(EDS, RDS)) {
            if (!of(type).isEmpty()) {
                ask(type, List.copyOf(of(type).keySet()));
            }
        }
        return this;
    }

    synchronized SocketProxy healthy() {
        send(DeltaDiscoveryRequest.newBuilder().setTypeUrl(HEALTH));
        return this;
    }

    /** Says that its workload leaves, and asks to hear when everybody knows. */
    synchronized void leave() {
        send(
                DeltaDiscoveryRequest.newBuilder()
                        .setTypeUrl(HEALTH)
                        .addResourceNamesSubscribe("withdrawal")
                        .setErrorDetail(Status.newBuilder().setMessage("leaving")));
    }

    /** Whether it was told that everybody knows that its workload leaves. */
    boolean hasLeft() {
        return received().contains(HEALTH + " +[] -[withdrawal]");
    }

    /** Does not answer responses for which {@code which} holds, until {@link #answer}. */
    synchronized void ponder(Predicate<DeltaDiscoveryResponse> which) {
        ponders = which;
    }

    /** How many responses wait for an answer. */
    synchronized int unanswered() {
        return unanswered.size();
    }

    /** Answers what was pondered. */
    synchronized void answer() {
        ponders = response -> false;
        List<DeltaDiscoveryResponse> all = List.copyOf(unanswered);
        unanswered.clear();
        all.forEach(this::reply);
    }

    /** Refuses responses for which {@code which} holds. */
    synchronized void refuse(Predicate<DeltaDiscoveryResponse> which) {
        refuses = which;
    }

    /** What it holds of a type, by name. */
    synchronized Map<String, Resource> of(String type) {
        return held.computeIfAbsent(type, t -> new TreeMap<>());
    }

    /** The bytes of a resource that it holds, read as text; empty if it does not hold it. */
    synchronized String text(String type, String name) {
        Resource resource = of(type).get(name);
        return resource == null ? "" : resource.getResource().getValue().toStringUtf8();
    }

    /** The responses since it connected: their types, and what they bring and take away. */
    synchronized List<String> received() {
        return List.copyOf(received);
    }

    /** Why the manager ended the stream; empty if it did not. */
    synchronized String failure() {
        return failure;
    }

    private synchronized void failed(Throwable cause) {
        failure = String.valueOf(cause.getMessage());
    }

    /** Whether it holds every endpoint of {@code cluster} as healthy, and one at least. */
    synchronized boolean holdsHealthy(String cluster) {
        Resource resource = of(EDS).get(cluster);
        return resource != null
                && healths(resource).findAny().isPresent()
                && healths(resource).allMatch(HealthStatus.HEALTHY::equals);
    }

    private static Stream<HealthStatus> healths(Resource resource) {
        try {
            return resource
                    .getResource()
                    .unpack(ClusterLoadAssignment.class)
                    .getEndpointsList()
                    .stream()
                    .flatMap(locality -> locality.getLbEndpointsList().stream())
                    .map(LbEndpoint::getHealthStatus);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(resource.getName() + ": expected endpoints", e);
        }
    }

    /** Says goodbye, as a sidecar that is stopped does. */
    synchronized void stop() {
        if (stream != null) {
            stream.onCompleted();
            stream = null;
        }
    }

    /** Breaks the connection, as a sidecar that is killed does. */
    @Override
    public synchronized void close() {
        stream = null;
        if (channel != null) {
            channel.shutdownNow();
            channel = null;
        }
    }

    private void ask(String type, List<String> names) {
        DeltaDiscoveryRequest.Builder request =
                DeltaDiscoveryRequest.newBuilder()
                        .setTypeUrl(type)
                        .setNode(node())
                        .addAllResourceNamesSubscribe(names);
        of(type).forEach((n, r) -> request.putInitialResourceVersions(n, r.getVersion()));
        send(request);
    }

    private synchronized void take(DeltaDiscoveryResponse response) {
        String type = response.getTypeUrl();
        received.add(
                type
                        + " +"
                        + response.getResourcesList().stream().map(Resource::getName).toList()
                        + " -"
                        + response.getRemovedResourcesList());
        if (ponders.test(response)) {
            unanswered.add(response);
        } else if (!type.equals(HEALTH)) {
            reply(response);
        }
    }

    private synchronized void reply(DeltaDiscoveryResponse response) {
        String type = response.getTypeUrl();
        DeltaDiscoveryRequest.Builder answer =
                DeltaDiscoveryRequest.newBuilder()
                        .setTypeUrl(type)
                        .setResponseNonce(response.getNonce());
        if (refuses.test(response)) {
            send(
                    answer.setErrorDetail(
                            Status.newBuilder()
                                    .setMessage(
                                            response.getResources(0).getName()
                                                    + ": refused by the test")));
            return;
        }
        List<String> news = new ArrayList<>();
        response.getRemovedResourcesList().forEach(of(type)::remove);
        for (Resource resource : response.getResourcesList()) {
            if (of(type).put(resource.getName(), resource) == null) {
                news.add(resource.getName());
            }
        }
        send(answer);
        follow(type, news);
    }

    /** Asks for what the clusters and listeners that it just got refer to. */
    private void follow(String type, List<String> news) {
        if (type.equals(CDS)) {
            List<String> endpoints =
                    news.stream().filter(cluster -> cluster.startsWith("outbound|")).toList();
            if (!endpoints.isEmpty()) {
                ask(EDS, endpoints);
            }
        }
        if (type.equals(LDS)) {
            List<String> routes =
                    news.stream()
                            .filter(listener -> listener.startsWith("0.0.0.0_"))
                            .map(listener -> listener.substring("0.0.0.0_".length()))
                            .toList();
            if (!routes.isEmpty()) {
                ask(RDS, routes);
            }
        }
    }

    private void send(DeltaDiscoveryRequest.Builder request) {
        if (stream != null) {
            stream.onNext(request.build());
        }
    }

    private Node node() {
        Struct.Builder served = Struct.newBuilder();
        served.putFields("service", text("echo"));
        served.putFields("namespace", text("default"));
        served.putFields("port", number(9080));
        served.putFields("protocol", text("HTTP"));
        served.putFields("inboundPort", number(15006));
        served.putFields("appAddress", text(address));
        served.putFields("appPort", number(9080));
        Struct.Builder labels = Struct.newBuilder();
        labels.putFields("app", text("echo"));
        labels.putFields("version", text("v1"));
        Struct.Builder metadata = Struct.newBuilder();
        metadata.putFields("NAME", text(name));
        metadata.putFields("NAMESPACE", text("default"));
        metadata.putFields("WORKLOAD_NAME", text("echo-v1"));
        metadata.putFields("INSTANCE_IPS", text(address));
        if (!account.isEmpty()) {
            metadata.putFields("SERVICE_ACCOUNT", text(account));
        }
        metadata.putFields("LATEEN_STARTED", number((double) started));
        metadata.putFields("LABELS", Value.newBuilder().setStructValue(labels).build());
        metadata.putFields(
                "LATEEN_SERVICES",
                Value.newBuilder()
                        .setListValue(
                                ListValue.newBuilder()
                                        .addValues(Value.newBuilder().setStructValue(served)))
                        .build());
        return Node.newBuilder()
                .setId("sidecar~" + address + "~" + name + ".default~default.svc.cluster.local")
                .setMetadata(metadata)
                .setUserAgentName("lateen-sidecar")
                .build();
    }

    private static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }

    private static Value number(double number) {
        return Value.newBuilder().setNumberValue(number).build();
    }

    private final class Inbox implements StreamObserver<DeltaDiscoveryResponse> {

        @Override
        public void onNext(DeltaDiscoveryResponse response) {
            take(response);
        }

        @Override
        public void onError(Throwable cause) {
            // The test closed the connection, or the manager did: what is held stays.
            failed(cause);
        }

        @Override
        public void onCompleted() {
            // The manager's answer to a goodbye.
        }
    }
}
