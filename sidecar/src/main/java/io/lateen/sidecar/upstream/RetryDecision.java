package io.lateen.sidecar.upstream;

import io.lateen.sidecar.exchange.Failure;
import io.lateen.sidecar.exchange.HeaderName;
import io.lateen.sidecar.exchange.ResponseHead;
import io.lateen.sidecar.plan.RetryCondition;
import io.lateen.sidecar.plan.RetryPlan;

/** What a route's conditions say about a try that ended (Envoy's x-envoy-retry-on). */
record RetryDecision(RetryPlan plan) {

    /** Whether this response is worth another try. */
    boolean wantsAnother(int status, ResponseHead head) {
        if (plan.attempts() == 0) {
            return false;
        }
        if (head.fields().has(HeaderName.X_ENVOY_RATELIMITED)) {
            // Another try would only be counted as well.
            return plan.on(RetryCondition.ENVOY_RATELIMITED);
        }
        if (plan.onStatus(status) || plan.onHeaders(head.fields())) {
            return true;
        }
        int grpc = GrpcStatus.of(head.fields(), -1);
        return grpc > 0 && plan.onGrpcStatus(grpc);
    }

    /** Whether a try that ended without a response is worth another one. */
    boolean wantsAnother(ResponseListener.Reset reset, boolean connected) {
        if (plan.attempts() == 0) {
            return false;
        }
        return switch (reset.failure()) {
            case Failure.Overflow _ -> false;
            case Failure.ConnectFailed _ ->
                    anyReset()
                            || plan.on(RetryCondition.CONNECT_FAILURE)
                            || plan.on(RetryCondition.RESET_BEFORE_REQUEST);
            default ->
                    anyReset()
                            || plan.on(RetryCondition.RESET)
                            || (reset.refused() && plan.on(RetryCondition.REFUSED_STREAM))
                            || (!connected && plan.on(RetryCondition.RESET_BEFORE_REQUEST));
        };
    }

    private boolean anyReset() {
        return plan.on(RetryCondition.FIVE_XX) || plan.on(RetryCondition.GATEWAY_ERROR);
    }
}
