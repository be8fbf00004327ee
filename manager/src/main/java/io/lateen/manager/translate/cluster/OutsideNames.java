package io.lateen.manager.translate.cluster;

import io.lateen.model.naming.Hostname;
import io.lateen.model.resource.TrafficPolicy;
import java.util.Optional;

/** By which name somebody outside the mesh is asked for. */
final class OutsideNames {

    private OutsideNames() {}

    /** The rule's {@code sni}, else the host itself; none where that is a wildcard. */
    static Optional<String> serverName(TrafficPolicy.ClientTls tls, Hostname host) {
        String written = tls.sni();
        if (written != null && !written.isEmpty()) {
            return Optional.of(written);
        }
        return host.isWildcard() ? Optional.empty() : Optional.of(host.value());
    }
}
