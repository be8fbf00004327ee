package io.lateen.manager.translate.cluster;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.cluster.v3.OutlierDetection;
import io.envoyproxy.envoy.type.v3.Percent;
import io.lateen.manager.translate.envoy.Words;
import io.lateen.model.resource.TrafficPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** When an endpoint is set aside for a while. */
final class Ejection {

    private static final UInt32Value ALWAYS = UInt32Value.of(100);
    private static final UInt32Value NEVER = UInt32Value.of(0);

    private Ejection() {}

    /**
     * The block's presence alone switches Envoy's defaults on; by success rate nobody is ejected.
     */
    static void apply(Cluster.Builder cluster, TrafficPolicy.@Nullable OutlierDetection written) {
        if (written == null) {
            return;
        }
        OutlierDetection.Builder ejection =
                OutlierDetection.newBuilder().setEnforcingSuccessRate(NEVER);
        counted(ejection, written);
        timed(ejection, written);
        cluster.setOutlierDetection(ejection);
        cluster.getCommonLbConfigBuilder()
                .setHealthyPanicThreshold(
                        Percent.newBuilder().setValue(written.minHealthPercent()));
    }

    private static void counted(
            OutlierDetection.Builder ejection, TrafficPolicy.OutlierDetection written) {
        Long errors = written.consecutive5xxErrors();
        if (errors != null) {
            ejection.setConsecutive5Xx(UInt32Value.of(errors.intValue()))
                    .setEnforcingConsecutive5Xx(errors > 0 ? ALWAYS : NEVER);
        }
        Long gatewayErrors = written.consecutiveGatewayErrors();
        if (gatewayErrors != null) {
            ejection.setConsecutiveGatewayFailure(UInt32Value.of(gatewayErrors.intValue()))
                    .setEnforcingConsecutiveGatewayFailure(gatewayErrors > 0 ? ALWAYS : NEVER);
        }
        if (written.splitExternalLocalOriginErrors()) {
            ejection.setSplitExternalLocalOriginErrors(true)
                    .setEnforcingLocalOriginSuccessRate(NEVER);
            Long local = written.consecutiveLocalOriginFailures();
            if (local != null && local > 0) {
                ejection.setConsecutiveLocalOriginFailure(UInt32Value.of(local.intValue()))
                        .setEnforcingConsecutiveLocalOriginFailure(ALWAYS);
            }
        }
    }

    private static void timed(
            OutlierDetection.Builder ejection, TrafficPolicy.OutlierDetection written) {
        Duration interval = written.interval();
        if (interval != null) {
            ejection.setInterval(Words.duration(interval));
        }
        Duration base = written.baseEjectionTime();
        if (base != null) {
            ejection.setBaseEjectionTime(Words.duration(base));
        }
        if (written.maxEjectionPercent() > 0) {
            ejection.setMaxEjectionPercent(UInt32Value.of(written.maxEjectionPercent()));
        }
    }
}
