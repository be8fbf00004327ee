package io.lateen.manager.ads;

import com.google.rpc.Status;
import io.envoyproxy.envoy.config.core.v3.ControlPlane;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.lateen.manager.translate.XdsResource;
import java.util.function.Consumer;

/**
 * The delta variant of the protocol: only what changed goes out, and a client that comes back says
 * what it holds. Not thread-safe: belongs to one {@link ProxySession}.
 */
final class DeltaStream implements Wire {

    private final Subscriptions subscriptions;
    private final ControlPlane manager;
    private final Consumer<DeltaDiscoveryResponse> out;

    DeltaStream(
            Subscriptions subscriptions,
            ControlPlane manager,
            Consumer<DeltaDiscoveryResponse> out) {
        this.subscriptions = subscriptions;
        this.manager = manager;
        this.out = out;
    }

    /** Takes in a request of {@code type}. */
    void receive(ResourceType type, DeltaDiscoveryRequest request, PushSequencer sequencer) {
        Subscription subscription = subscriptions.of(type);
        if (subscription.isOpen()) {
            subscription.subscribe(request.getResourceNamesSubscribeList());
            subscription.unsubscribe(request.getResourceNamesUnsubscribeList());
        } else {
            open(type, request, subscription);
        }
        if (request.getResponseNonce().isEmpty()) {
            sequencer.requested();
        } else if (request.hasErrorDetail()) {
            Status error = request.getErrorDetail();
            sequencer.rejected(type, request.getResponseNonce(), error.getMessage());
        } else {
            sequencer.accepted(type, request.getResponseNonce());
        }
    }

    private static void open(
            ResourceType type, DeltaDiscoveryRequest request, Subscription subscription) {
        // Asking for nothing by name is asking for everything, where that makes sense: for
        // endpoints and routes it means that the client needs none yet.
        subscription.open(type.root() && request.getResourceNamesSubscribeCount() == 0);
        subscription.subscribe(request.getResourceNamesSubscribeList());
        request.getInitialResourceVersionsMap()
                .forEach(
                        (name, version) -> {
                            if (subscription.wants(name)) {
                                subscription.claim(name, version);
                            }
                        });
    }

    @Override
    public long send(ResourceType type, Difference difference, Push target, String nonce) {
        DeltaDiscoveryResponse.Builder response =
                DeltaDiscoveryResponse.newBuilder()
                        .setTypeUrl(type.url())
                        .setNonce(nonce)
                        .setSystemVersionInfo(Long.toString(target.revision()))
                        .setControlPlane(manager)
                        .addAllRemovedResources(difference.removed());
        for (XdsResource resource : difference.changed().values()) {
            response.addResources(
                    Resource.newBuilder()
                            .setName(resource.name())
                            .setVersion(resource.version())
                            .setResource(resource.body()));
        }
        DeltaDiscoveryResponse message = response.build();
        out.accept(message);
        return message.getSerializedSize();
    }

    @Override
    public void withdrawn() {
        // Without a nonce: there is nothing to agree to.
        out.accept(
                DeltaDiscoveryResponse.newBuilder()
                        .setTypeUrl(ProxySession.HEALTH)
                        .setControlPlane(manager)
                        .addRemovedResources(ProxySession.WITHDRAWAL)
                        .build());
    }

    @Override
    public void answered(ResourceType type, boolean accepted) {
        // The subscription knows all that is to be known.
    }
}
