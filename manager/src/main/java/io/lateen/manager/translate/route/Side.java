package io.lateen.manager.translate.route;

import io.lateen.model.resource.GatewayReference;
import io.lateen.model.resource.ResourceKey;
import java.util.List;

/** Where requests are routed: at a sidecar, or at one Gateway. */
public sealed interface Side {

    /** At the client's own sidecar. */
    Side SIDECAR = new Sidecar();

    /** Whether one of the references of a rule of this namespace means this side. */
    boolean isAmong(List<GatewayReference> references, String ownNamespace);

    /** At the client's own sidecar. */
    record Sidecar() implements Side {
        @Override
        public boolean isAmong(List<GatewayReference> references, String ownNamespace) {
            return references.stream().anyMatch(GatewayReference::isMesh);
        }
    }

    /**
     * At a Gateway.
     *
     * @param key which
     */
    record AtGateway(ResourceKey key) implements Side {
        @Override
        public boolean isAmong(List<GatewayReference> references, String ownNamespace) {
            return references.stream()
                    .anyMatch(
                            reference ->
                                    !reference.isMesh()
                                            && reference.resolve(ownNamespace).equals(key));
        }
    }
}
