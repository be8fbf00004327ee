package io.lateen.sidecar.plan;

import com.google.protobuf.Duration;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.cluster.v3.OutlierDetection;

/** Makes outlier plans from {@code envoy.config.cluster.v3.OutlierDetection}, with its defaults. */
final class OutlierFactory {

    private OutlierFactory() {}

    static OutlierPlan outlier(OutlierDetection from, String at) throws Refusal {
        refuseEnforced(from.getEnforcingSuccessRate(), at + ".enforcing_success_rate");
        refuseEnforced(
                from.getEnforcingLocalOriginSuccessRate(),
                at + ".enforcing_local_origin_success_rate");
        refuseEnforced(from.getEnforcingFailurePercentage(), at + ".enforcing_failure_percentage");
        refuseEnforced(
                from.getEnforcingFailurePercentageLocalOrigin(),
                at + ".enforcing_failure_percentage_local_origin");
        // Envoy's own defaults: 5 × 5xx enforced, gateway failures counted and not enforced.
        boolean on5xx =
                enforced(
                        from.hasEnforcingConsecutive5Xx(),
                        from.getEnforcingConsecutive5Xx(),
                        true,
                        at + ".enforcing_consecutive_5xx");
        boolean onGateway =
                enforced(
                        from.hasEnforcingConsecutiveGatewayFailure(),
                        from.getEnforcingConsecutiveGatewayFailure(),
                        false,
                        at + ".enforcing_consecutive_gateway_failure");
        boolean onLocal =
                enforced(
                        from.hasEnforcingConsecutiveLocalOriginFailure(),
                        from.getEnforcingConsecutiveLocalOriginFailure(),
                        true,
                        at + ".enforcing_consecutive_local_origin_failure");
        long base = nanos(from.hasBaseEjectionTime(), from.getBaseEjectionTime(), 30, at);
        return new OutlierPlan(
                on5xx ? count(from.hasConsecutive5Xx(), from.getConsecutive5Xx(), 5) : 0,
                onGateway
                        ? count(
                                from.hasConsecutiveGatewayFailure(),
                                from.getConsecutiveGatewayFailure(),
                                5)
                        : 0,
                onLocal
                        ? count(
                                from.hasConsecutiveLocalOriginFailure(),
                                from.getConsecutiveLocalOriginFailure(),
                                5)
                        : 0,
                from.getSplitExternalLocalOriginErrors(),
                nanos(from.hasInterval(), from.getInterval(), 10, at),
                base,
                Math.max(
                        base, nanos(from.hasMaxEjectionTime(), from.getMaxEjectionTime(), 300, at)),
                Math.min(
                        100,
                        count(from.hasMaxEjectionPercent(), from.getMaxEjectionPercent(), 10)));
    }

    /** Success rates and failure percentages are not kept; a rule that relies on them says so. */
    private static void refuseEnforced(UInt32Value share, String field) throws Refusal {
        if (share.getValue() != 0) {
            throw new Refusal(field, "is %d; this sidecar expects 0".formatted(share.getValue()));
        }
    }

    private static boolean enforced(
            boolean given, UInt32Value share, boolean otherwise, String field) throws Refusal {
        if (!given) {
            return otherwise;
        }
        if (share.getValue() != 0 && share.getValue() != 100) {
            throw new Refusal(
                    field,
                    "is %d; this sidecar expects 0 or 100 (per cent)".formatted(share.getValue()));
        }
        return share.getValue() == 100;
    }

    private static int count(boolean given, UInt32Value value, int otherwise) {
        return given ? Math.max(0, value.getValue()) : otherwise;
    }

    private static long nanos(boolean given, Duration value, long otherwiseSeconds, String at)
            throws Refusal {
        return given ? Reading.nanos(value, at) : otherwiseSeconds * 1_000_000_000L;
    }
}
