package io.lateen.sidecar.ads;

import com.google.rpc.Status;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One delta stream to one manager: what was subscribed on it, and the answer to each response.
 * Confined to the configuration thread.
 */
final class AdsStream {

    private static final Logger log = LoggerFactory.getLogger(AdsStream.class);

    private static final String HEALTH_TYPE = "type.googleapis.com/istio.v1.HealthInformation";

    /** Asks, and says, that everybody knows that a workload has left; see docs/reference/xds.md. */
    private static final String WITHDRAWAL = "withdrawal";

    private static final String CREDENTIALS_TYPE =
            "type.googleapis.com/lateen.v1.CredentialInformation";

    /** {@code google.rpc.Code.INVALID_ARGUMENT}. */
    private static final int INVALID_ARGUMENT = 3;

    /** A NACK names so many refused resources; more would say no more. */
    private static final int NAMED_REJECTIONS = 20;

    private final StreamObserver<DeltaDiscoveryRequest> requests;
    private final ConfigurationSink sink;
    private final AdsListener listener;
    private final Node node;
    private final Runnable withdrawn;
    private final Map<ResourceType, Set<String>> subscribed = new EnumMap<>(ResourceType.class);
    private boolean introduced;

    AdsStream(
            StreamObserver<DeltaDiscoveryRequest> requests,
            Node node,
            ConfigurationSink sink,
            AdsListener listener,
            Runnable withdrawn) {
        this.requests = requests;
        this.node = node;
        this.sink = sink;
        this.listener = listener;
        this.withdrawn = withdrawn;
    }

    /** Subscribes to everything that is known to be needed, telling what is held already. */
    void open() {
        for (ResourceType type : ResourceType.values()) {
            if (type.wildcard()) {
                send(
                        DeltaDiscoveryRequest.newBuilder()
                                .setTypeUrl(type.typeUrl())
                                .putAllInitialResourceVersions(sink.versions(type)));
            } else {
                subscribe(type, sink.versions(type));
            }
        }
    }

    /** Takes a response over and answers it, then asks for what it made needed. */
    void receive(DeltaDiscoveryResponse response) {
        if (response.getTypeUrl().equals(HEALTH_TYPE)) {
            if (response.getRemovedResourcesList().contains(WITHDRAWAL)) {
                withdrawn.run();
            }
            return;
        }
        Optional<ResourceType> type = ResourceType.of(response.getTypeUrl());
        if (type.isEmpty()) {
            log.warn(
                    "The manager sent a type that was not asked for. type={}",
                    response.getTypeUrl());
            return;
        }
        ConfigurationUpdate update = update(type.get(), response);
        List<Rejection> rejections = sink.accept(update);
        answer(response, rejections);
        subscribe(ResourceType.ENDPOINTS, Map.of());
        subscribe(ResourceType.ROUTES, Map.of());
        listener.received(update, rejections);
    }

    /** What is wrong with credentials, as {@link CredentialReport} writes it. */
    void reportCredentials(String text) {
        DeltaDiscoveryRequest.Builder request =
                DeltaDiscoveryRequest.newBuilder().setTypeUrl(CREDENTIALS_TYPE);
        if (!text.isEmpty()) {
            request.setErrorDetail(Status.newBuilder().setCode(INVALID_ARGUMENT).setMessage(text));
        }
        send(request);
    }

    /**
     * Reports the application's health, as Istio's agent does.
     *
     * @param answered whether the manager is to say when all sidecars go by it; else it says
     *     nothing
     */
    void report(Health health, boolean answered) {
        DeltaDiscoveryRequest.Builder request =
                DeltaDiscoveryRequest.newBuilder().setTypeUrl(HEALTH_TYPE);
        if (answered) {
            request.addResourceNamesSubscribe(WITHDRAWAL);
        }
        if (health instanceof Health.Unhealthy(String reason)) {
            request.setErrorDetail(
                    Status.newBuilder().setCode(INVALID_ARGUMENT).setMessage(reason));
        }
        send(request);
    }

    /** Ends our half: the manager withdraws the workload at once. */
    void halfClose() {
        requests.onCompleted();
    }

    private static ConfigurationUpdate update(ResourceType type, DeltaDiscoveryResponse response) {
        List<XdsResource> changed = new ArrayList<>();
        for (Resource resource : response.getResourcesList()) {
            changed.add(
                    new XdsResource(
                            resource.getName(), resource.getVersion(), resource.getResource()));
        }
        return new ConfigurationUpdate(
                type,
                revision(response.getSystemVersionInfo()),
                changed,
                response.getRemovedResourcesList());
    }

    /** Other managers say here what they like. */
    private static long revision(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException notOurs) {
            return 0;
        }
    }

    private void answer(DeltaDiscoveryResponse response, List<Rejection> rejections) {
        DeltaDiscoveryRequest.Builder request =
                DeltaDiscoveryRequest.newBuilder()
                        .setTypeUrl(response.getTypeUrl())
                        .setResponseNonce(response.getNonce());
        if (!rejections.isEmpty()) {
            request.setErrorDetail(
                    Status.newBuilder().setCode(INVALID_ARGUMENT).setMessage(message(rejections)));
        }
        send(request);
    }

    private static String message(List<Rejection> rejections) {
        List<String> messages =
                new ArrayList<>(
                        rejections.stream()
                                .limit(NAMED_REJECTIONS)
                                .map(Rejection::message)
                                .toList());
        if (rejections.size() > NAMED_REJECTIONS) {
            messages.add("and %d more".formatted(rejections.size() - NAMED_REJECTIONS));
        }
        return String.join("; ", messages);
    }

    /** Subscribes what has become needed and unsubscribes what no longer is. */
    private void subscribe(ResourceType type, Map<String, String> held) {
        Set<String> wanted = sink.wanted(type);
        Set<String> before = subscribed.getOrDefault(type, Set.of());
        Set<String> added = new TreeSet<>(wanted);
        added.removeAll(before);
        Set<String> dropped = new TreeSet<>(before);
        dropped.removeAll(wanted);
        if (added.isEmpty() && dropped.isEmpty()) {
            return;
        }
        subscribed.put(type, new HashSet<>(wanted));
        Map<String, String> versions = new HashMap<>(held);
        versions.keySet().retainAll(added);
        send(
                DeltaDiscoveryRequest.newBuilder()
                        .setTypeUrl(type.typeUrl())
                        .addAllResourceNamesSubscribe(added)
                        .addAllResourceNamesUnsubscribe(dropped)
                        .putAllInitialResourceVersions(versions));
    }

    /** The first request of a stream says who is asking; the others need not. */
    private void send(DeltaDiscoveryRequest.Builder request) {
        if (!introduced) {
            request.setNode(node);
            introduced = true;
        }
        requests.onNext(request.build());
    }
}
