package io.lateen.manager.translate;

import io.lateen.manager.translate.envoy.OutboundPolicy;
import io.lateen.manager.translate.listener.AccessLogFormat;
import io.lateen.manager.translate.security.TrustDomains;

/**
 * What the whole mesh has in common.
 *
 * @param outboundPolicy what happens to traffic to hosts that are no services of the mesh
 * @param accessLog how proxies log requests unless they are told otherwise
 * @param trust whose identities are the mesh's
 */
public record TranslationSettings(
        OutboundPolicy outboundPolicy, AccessLogFormat accessLog, TrustDomains trust) {

    /** Istio's defaults: hosts outside the mesh are allowed, nothing is logged. */
    public static final TranslationSettings DEFAULT =
            new TranslationSettings(
                    OutboundPolicy.ALLOW_ANY, AccessLogFormat.OFF, TrustDomains.DEFAULT);

    /** The same with other trust domains. */
    public TranslationSettings trusting(TrustDomains trust) {
        return new TranslationSettings(outboundPolicy, accessLog, trust);
    }
}
