package io.lateen.manager.ads;

import io.envoyproxy.envoy.config.core.v3.ControlPlane;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.lateen.manager.translate.XdsResource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The state-of-the-world variant of the protocol: a response of clusters or listeners holds all of
 * them, one of endpoints or routes those that changed. Not thread-safe: belongs to one {@link
 * ProxySession}.
 */
final class SotwStream implements Wire {

    private final Subscriptions subscriptions;
    private final ControlPlane manager;
    private final Consumer<DiscoveryResponse> out;

    /** Types whose first request named nothing: a later empty one then changes nothing. */
    private final Set<ResourceType> everything = new HashSet<>();

    private final Map<ResourceType, String> lastNonce = new EnumMap<>(ResourceType.class);

    /** What the client holds of the types that are sent as a whole, with the bodies. */
    private final Map<ResourceType, Map<String, XdsResource>> whole =
            new EnumMap<>(ResourceType.class);

    private final Map<ResourceType, Map<String, XdsResource>> underway =
            new EnumMap<>(ResourceType.class);

    SotwStream(Subscriptions subscriptions, ControlPlane manager, Consumer<DiscoveryResponse> out) {
        this.subscriptions = subscriptions;
        this.manager = manager;
        this.out = out;
    }

    /** Takes in a request of {@code type}. */
    void receive(ResourceType type, DiscoveryRequest request, PushSequencer sequencer) {
        String nonce = request.getResponseNonce();
        String last = lastNonce.get(type);
        if (last != null && !nonce.isEmpty() && !nonce.equals(last)) {
            // It answers a response that another has overtaken: the client will say the same again
            // in its next answer.
            return;
        }
        Subscription subscription = subscriptions.of(type);
        Set<String> names = Set.copyOf(request.getResourceNamesList());
        if (!subscription.isOpen()) {
            open(type, request, subscription, names, sequencer);
        } else if (!names.isEmpty() || !everything.contains(type)) {
            everything.remove(type);
            subscription.replaceNames(names);
        }
        if (subscription.sent() == null || !nonce.equals(last)) {
            sequencer.requested();
        } else if (request.hasErrorDetail()) {
            sequencer.rejected(type, nonce, request.getErrorDetail().getMessage());
        } else {
            sequencer.accepted(type, nonce);
        }
    }

    private void open(
            ResourceType type,
            DiscoveryRequest request,
            Subscription subscription,
            Set<String> names,
            PushSequencer sequencer) {
        boolean all = type.root() && names.isEmpty();
        if (all) {
            everything.add(type);
        }
        subscription.open(all);
        subscription.subscribe(names);
        Push target = sequencer.current();
        if (target == null || request.getVersionInfo().isEmpty()) {
            return;
        }
        Map<String, XdsResource> wanted = wanted(type, target);
        if (request.getVersionInfo().equals(version(wanted))) {
            // It comes from another stream and holds just this set.
            wanted.forEach((name, resource) -> subscription.claim(name, resource.version()));
            whole.put(type, wanted);
        }
    }

    @Override
    public long send(ResourceType type, Difference difference, Push target, String nonce) {
        Map<String, XdsResource> resources;
        String version;
        if (type.root()) {
            resources = new LinkedHashMap<>(whole.getOrDefault(type, Map.of()));
            Subscription subscription = subscriptions.of(type);
            resources.keySet().removeIf(name -> !subscription.wants(name));
            resources.putAll(difference.changed());
            resources.keySet().removeAll(difference.removed());
            underway.put(type, resources);
            version = version(resources);
        } else if (difference.changed().isEmpty()) {
            return 0;
        } else {
            resources = difference.changed();
            version = version(wanted(type, target));
        }
        DiscoveryResponse.Builder response =
                DiscoveryResponse.newBuilder()
                        .setTypeUrl(type.url())
                        .setNonce(nonce)
                        .setVersionInfo(version)
                        .setControlPlane(manager);
        resources.values().forEach(resource -> response.addResources(resource.body()));
        DiscoveryResponse message = response.build();
        lastNonce.put(type, nonce);
        out.accept(message);
        return message.getSerializedSize();
    }

    @Override
    public void withdrawn() {
        // Nobody asks in this variant.
    }

    @Override
    public void answered(ResourceType type, boolean accepted) {
        Map<String, XdsResource> sent = underway.remove(type);
        if (sent != null && accepted) {
            whole.put(type, sent);
        }
    }

    private Map<String, XdsResource> wanted(ResourceType type, Push target) {
        Subscription subscription = subscriptions.of(type);
        Map<String, XdsResource> wanted = new LinkedHashMap<>();
        target.of(type)
                .forEach(
                        (name, resource) -> {
                            if (subscription.wants(name)) {
                                wanted.put(name, resource);
                            }
                        });
        return wanted;
    }

    private static String version(Map<String, XdsResource> resources) {
        Map<String, String> versions = HashMap.newHashMap(resources.size());
        resources.forEach((name, resource) -> versions.put(name, resource.version()));
        return SetVersion.of(versions);
    }
}
