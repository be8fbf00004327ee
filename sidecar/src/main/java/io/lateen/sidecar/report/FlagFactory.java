package io.lateen.sidecar.report;

import io.envoyproxy.envoy.data.accesslog.v3.ResponseFlags;
import io.lateen.sidecar.exchange.ResponseFlag;

/** Makes Envoy's message of a set of response flags. */
final class FlagFactory {

    private FlagFactory() {}

    static ResponseFlags flags(int set) {
        if (set == 0) {
            return ResponseFlags.getDefaultInstance();
        }
        ResponseFlags.Builder flags = ResponseFlags.newBuilder();
        for (ResponseFlag flag : ResponseFlag.values()) {
            if ((set & flag.bit()) != 0) {
                set(flag, flags);
            }
        }
        return flags.build();
    }

    private static void set(ResponseFlag flag, ResponseFlags.Builder flags) {
        switch (flag) {
            case NO_ROUTE -> flags.setNoRouteFound(true);
            case NO_CLUSTER -> flags.setNoClusterFound(true);
            case NO_HEALTHY_UPSTREAM -> flags.setNoHealthyUpstream(true);
            case UPSTREAM_CONNECTION_FAILURE -> flags.setUpstreamConnectionFailure(true);
            case UPSTREAM_CONNECTION_TERMINATION -> flags.setUpstreamConnectionTermination(true);
            case UPSTREAM_OVERFLOW -> flags.setUpstreamOverflow(true);
            case UPSTREAM_REQUEST_TIMEOUT -> flags.setUpstreamRequestTimeout(true);
            case UPSTREAM_REMOTE_RESET -> flags.setUpstreamRemoteReset(true);
            case LOCAL_RESET -> flags.setLocalReset(true);
            case UPSTREAM_RETRY_LIMIT_EXCEEDED -> flags.setUpstreamRetryLimitExceeded(true);
            case UPSTREAM_PROTOCOL_ERROR -> flags.setUpstreamProtocolError(true);
            case DOWNSTREAM_CONNECTION_TERMINATION ->
                    flags.setDownstreamConnectionTermination(true);
            case DOWNSTREAM_PROTOCOL_ERROR -> flags.setDownstreamProtocolError(true);
            case DOWNSTREAM_REMOTE_RESET -> flags.setDownstreamRemoteReset(true);
            case DELAY_INJECTED -> flags.setDelayInjected(true);
            case FAULT_INJECTED -> flags.setFaultInjected(true);
            case RATE_LIMITED -> flags.setRateLimited(true);
            case RATE_LIMIT_SERVICE_ERROR -> flags.setRateLimitServiceError(true);
            case UNAUTHORIZED_EXTERNAL_SERVICE ->
                    flags.setUnauthorizedDetails(
                            ResponseFlags.Unauthorized.newBuilder()
                                    .setReason(ResponseFlags.Unauthorized.Reason.EXTERNAL_SERVICE));
            case STREAM_IDLE_TIMEOUT -> flags.setStreamIdleTimeout(true);
            case DURATION_TIMEOUT -> flags.setDurationTimeout(true);
            case UPSTREAM_MAX_STREAM_DURATION -> flags.setUpstreamMaxStreamDurationReached(true);
            case OVERLOAD_MANAGER -> flags.setOverloadManager(true);
            case NO_FILTER_CONFIG -> flags.setNoFilterConfigFound(true);
            case DNS_RESOLUTION_FAILED -> flags.setDnsResolutionFailure(true);
        }
    }
}
