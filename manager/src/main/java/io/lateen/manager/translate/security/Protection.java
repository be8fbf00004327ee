package io.lateen.manager.translate.security;

import io.lateen.manager.snapshot.MeshSnapshot;
import io.lateen.manager.snapshot.PeerPolicy;
import io.lateen.manager.snapshot.Proxy;
import io.lateen.model.resource.PeerAuthentication.Mode;
import java.util.Optional;

/**
 * How a proxy protects what is called through it.
 *
 * @param peers what is asked of callers
 * @param guard who may call
 */
public record Protection(PeerPolicy peers, Guard guard) {

    /** The protection by the policies of a snapshot. */
    public static Protection of(MeshSnapshot snapshot, Proxy proxy, TrustDomains trust) {
        PeerPolicy peers = snapshot.peerPolicy(proxy.workload());
        return new Protection(
                proxy.speaksMutualTls() ? peers : peers.withoutCertificate(),
                new Guard(snapshot.authorization(proxy.workload()), trust, Ports.DIALLED));
    }

    /** Whether any port tells encrypted connections from others. */
    public boolean encryptsAnything() {
        return peers.mode() != Mode.DISABLE
                || peers.ports().values().stream().anyMatch(mode -> mode != Mode.DISABLE);
    }

    /** The chains of a port of the workload; nothing where no certificates are used. */
    public Optional<InboundChains> chains(int workloadPort) {
        return chains(peers.at(workloadPort));
    }

    /** The chains of ports that no policy names. */
    public Optional<InboundChains> otherChains() {
        return chains(peers.mode());
    }

    private Optional<InboundChains> chains(Mode mode) {
        return mode == Mode.DISABLE
                ? Optional.empty()
                : Optional.of(new InboundChains(mode, guard.trust()));
    }
}
