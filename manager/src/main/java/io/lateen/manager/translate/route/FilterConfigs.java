package io.lateen.manager.translate.route;

import com.google.protobuf.BoolValue;
import io.envoyproxy.envoy.config.core.v3.RuntimeFractionalPercent;
import io.envoyproxy.envoy.extensions.filters.common.fault.v3.FaultDelay;
import io.envoyproxy.envoy.extensions.filters.http.cors.v3.CorsPolicy;
import io.envoyproxy.envoy.extensions.filters.http.fault.v3.FaultAbort;
import io.envoyproxy.envoy.extensions.filters.http.fault.v3.HTTPFault;
import io.lateen.manager.translate.envoy.Words;
import io.lateen.model.resource.HttpRoute;
import io.lateen.model.resource.Percent;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a route says to the filters before the router: failures made on purpose, and CORS. */
final class FilterConfigs {

    static final String FAULT = "envoy.filters.http.fault";
    static final String CORS = "envoy.filters.http.cors";

    /** In the order of their numbers, beginning with 0. */
    private static final List<String> GRPC_STATUSES =
            List.of(
                    "OK",
                    "CANCELLED",
                    "UNKNOWN",
                    "INVALID_ARGUMENT",
                    "DEADLINE_EXCEEDED",
                    "NOT_FOUND",
                    "ALREADY_EXISTS",
                    "PERMISSION_DENIED",
                    "RESOURCE_EXHAUSTED",
                    "FAILED_PRECONDITION",
                    "ABORTED",
                    "OUT_OF_RANGE",
                    "UNIMPLEMENTED",
                    "INTERNAL",
                    "UNAVAILABLE",
                    "DATA_LOSS",
                    "UNAUTHENTICATED");

    private FilterConfigs() {}

    static HTTPFault fault(HttpRoute.Fault written) {
        HTTPFault.Builder fault = HTTPFault.newBuilder();
        HttpRoute.Delay delay = written.delay();
        Duration fixed = delay == null ? null : delay.fixedDelay();
        if (delay != null && fixed != null) {
            fault.setDelay(
                    FaultDelay.newBuilder()
                            .setFixedDelay(Words.duration(fixed))
                            .setPercentage(Words.share(delay.share())));
        }
        HttpRoute.Abort abort = written.abort();
        if (abort != null) {
            abort(fault, abort);
        }
        return fault.build();
    }

    private static void abort(HTTPFault.Builder fault, HttpRoute.Abort written) {
        FaultAbort.Builder abort =
                FaultAbort.newBuilder().setPercentage(Words.share(written.share()));
        Integer status = written.httpStatus();
        int grpcStatus = grpcStatus(written.grpcStatus());
        if (status != null) {
            fault.setAbort(abort.setHttpStatus(status));
        } else if (grpcStatus >= 0) {
            fault.setAbort(abort.setGrpcStatus(grpcStatus));
        }
    }

    /** The number of a gRPC status, or -1 if there is none of this name. */
    static int grpcStatus(@Nullable String name) {
        return name == null ? -1 : GRPC_STATUSES.indexOf(name.toUpperCase(Locale.ROOT));
    }

    static CorsPolicy cors(HttpRoute.CorsPolicy written) {
        CorsPolicy.Builder cors =
                CorsPolicy.newBuilder()
                        .setFilterEnabled(
                                RuntimeFractionalPercent.newBuilder()
                                        .setDefaultValue(Words.share(Percent.HUNDRED)))
                        .setAllowMethods(String.join(",", written.allowMethods()))
                        .setAllowHeaders(String.join(",", written.allowHeaders()))
                        .setExposeHeaders(String.join(",", written.exposeHeaders()))
                        .setForwardNotMatchingPreflights(
                                BoolValue.of(
                                        written.unmatchedPreflights()
                                                != HttpRoute.UnmatchedPreflights.IGNORE));
        written.origins()
                .forEach(origin -> cors.addAllowOriginStringMatch(Matchers.string(origin)));
        Duration maxAge = written.maxAge();
        if (maxAge != null) {
            cors.setMaxAge(Long.toString(maxAge.toSeconds()));
        }
        Boolean credentials = written.allowCredentials();
        if (credentials != null) {
            cors.setAllowCredentials(BoolValue.of(credentials));
        }
        return cors.build();
    }
}
