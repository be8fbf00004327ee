package io.lateen.manager.translate.security;

import io.lateen.manager.snapshot.MeshSnapshot;
import io.lateen.manager.snapshot.PeerPolicy;
import io.lateen.manager.snapshot.Proxy;
import io.lateen.manager.translate.quota.Limits;
import io.lateen.model.resource.PeerAuthentication.Mode;

/**
 * How a proxy protects what is called through it.
 *
 * @param peers what is asked of callers
 * @param guard who may call
 * @param limits how often
 */
public record Protection(PeerPolicy peers, Guard guard, Limits limits) {

    /** Where nobody is counted. */
    public Protection(PeerPolicy peers, Guard guard) {
        this(peers, guard, Limits.NONE);
    }

    /** The protection by the policies of a snapshot. */
    public static Protection of(MeshSnapshot snapshot, Proxy proxy, TrustDomains trust) {
        PeerPolicy peers = snapshot.peerPolicy(proxy.workload());
        return new Protection(
                proxy.speaksMutualTls() ? peers : peers.withoutCertificate(),
                new Guard(snapshot.authorization(proxy.workload()), trust, Ports.DIALLED));
    }

    /** The same, where callers are counted. */
    public Protection counting(Limits counted) {
        return new Protection(peers, guard, counted);
    }

    /** Whether any port tells encrypted connections from others. */
    public boolean encryptsAnything() {
        return peers.mode() != Mode.DISABLE
                || peers.ports().values().stream().anyMatch(mode -> mode != Mode.DISABLE);
    }

    /** Whether a port of the workload tells encrypted connections from others. */
    public boolean encrypts(int workloadPort) {
        return peers.at(workloadPort) != Mode.DISABLE;
    }

    /** The chains of a port of the workload, at a listener that looks for TLS. */
    public InboundChains chains(int workloadPort) {
        return new InboundChains(peers.at(workloadPort), guard.trust());
    }

    /** The chains of ports that no policy names, at a listener that looks for TLS. */
    public InboundChains otherChains() {
        return new InboundChains(peers.mode(), guard.trust());
    }
}
