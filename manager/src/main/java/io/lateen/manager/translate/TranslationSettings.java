package io.lateen.manager.translate;

import io.lateen.manager.translate.cluster.MixerAddress;
import io.lateen.manager.translate.envoy.OutboundPolicy;
import io.lateen.manager.translate.listener.AccessLogging;
import io.lateen.manager.translate.security.TrustDomains;
import org.jspecify.annotations.Nullable;

/**
 * What the whole mesh has in common.
 *
 * @param outboundPolicy what happens to traffic to hosts that are no services of the mesh
 * @param accessLog how proxies log requests unless they are told otherwise
 * @param mixer where proxies report to; null for nowhere
 * @param trust whose identities are the mesh's
 */
public record TranslationSettings(
        OutboundPolicy outboundPolicy,
        AccessLogging accessLog,
        TrustDomains trust,
        @Nullable MixerAddress mixer) {

    /** Istio's defaults: hosts outside the mesh are allowed, nothing is logged. */
    public static final TranslationSettings DEFAULT =
            new TranslationSettings(
                    OutboundPolicy.ALLOW_ANY, AccessLogging.OFF, TrustDomains.DEFAULT, null);

    /** The same with other trust domains. */
    public TranslationSettings trusting(TrustDomains trust) {
        return new TranslationSettings(outboundPolicy, accessLog, trust, mixer);
    }

    /** The same with another answer to whether unknown hosts may be called. */
    public TranslationSettings allowing(OutboundPolicy policy) {
        return new TranslationSettings(policy, accessLog, trust, mixer);
    }

    /** The same, where every proxy reports to a mixer. */
    public TranslationSettings reportingTo(MixerAddress address) {
        return new TranslationSettings(outboundPolicy, accessLog.toMixer(), trust, address);
    }
}
