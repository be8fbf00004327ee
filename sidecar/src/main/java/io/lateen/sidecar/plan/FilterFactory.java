package io.lateen.sidecar.plan;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.extensions.filters.http.cors.v3.CorsPolicy;
import io.envoyproxy.envoy.extensions.filters.http.fault.v3.FaultAbort;
import io.envoyproxy.envoy.extensions.filters.http.fault.v3.HTTPFault;
import io.lateen.sidecar.exchange.RequestFilter;
import io.lateen.sidecar.filter.cors.Cors;
import io.lateen.sidecar.filter.fault.Abort;
import io.lateen.sidecar.filter.fault.Delay;
import io.lateen.sidecar.route.ValueMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a route's filters from its {@code typed_per_filter_config}, in the order they run in. */
final class FilterFactory {

    static final String FAULT = "envoy.filters.http.fault";
    static final String CORS = "envoy.filters.http.cors";

    private FilterFactory() {}

    /** The filters of a route. */
    record Filters(List<RequestFilter> request, @Nullable Cors cors) {}

    static Filters filters(Map<String, Any> perFilter, String at) throws Refusal {
        for (String name : perFilter.keySet()) {
            if (!name.equals(FAULT) && !name.equals(CORS) && !name.equals(LocalLimitFactory.HTTP)) {
                throw new Refusal(
                        at + ".typed_per_filter_config[" + name + "]",
                        "is not supported by this sidecar; expected %s, %s or %s"
                                .formatted(FAULT, CORS, LocalLimitFactory.HTTP));
            }
        }
        List<RequestFilter> request = new ArrayList<>();
        // Faults come first: an injected failure stands for one of the network, before all policy.
        Any fault = perFilter.get(FAULT);
        if (fault != null) {
            addFaults(fault, at + ".typed_per_filter_config[" + FAULT + "]", request);
        }
        // Preflights next: they carry no credentials, so that nothing later could judge them.
        Any policy = perFilter.get(CORS);
        Cors cors =
                policy == null ? null : cors(policy, at + ".typed_per_filter_config[" + CORS + "]");
        if (cors != null) {
            request.add(cors);
        }
        // Until the listener is known, in whose limits' place a route's own stand.
        Any limits = perFilter.get(LocalLimitFactory.HTTP);
        if (limits != null) {
            request.add(
                    LocalLimitFactory.gate(
                            limits,
                            at + ".typed_per_filter_config[" + LocalLimitFactory.HTTP + "]"));
        }
        return new Filters(request, cors);
    }

    private static void addFaults(Any config, String at, List<RequestFilter> filters)
            throws Refusal {
        HTTPFault fault =
                unpack(config, HTTPFault.parser(), KnownFields.FAULT, at, HTTPFault.class);
        // The delay first: a request may be delayed and aborted, each by its own chance.
        if (fault.hasDelay()) {
            if (!fault.getDelay().hasFixedDelay()) {
                throw new Refusal(at + ".delay", "is not fixed; expected fixed_delay");
            }
            long nanos = Reading.nanos(fault.getDelay().getFixedDelay(), at + ".delay.fixed_delay");
            int share =
                    Reading.perMillion(fault.getDelay().getPercentage(), at + ".delay.percentage");
            if (share > 0 && nanos > 0) {
                filters.add(new Delay(nanos, share));
            }
        }
        if (fault.hasAbort()) {
            Abort abort = abort(fault.getAbort(), at + ".abort");
            if (abort.perMillion() > 0) {
                filters.add(abort);
            }
        }
    }

    private static Abort abort(FaultAbort abort, String at) throws Refusal {
        int share = Reading.perMillion(abort.getPercentage(), at + ".percentage");
        return switch (abort.getErrorTypeCase()) {
            case HTTP_STATUS ->
                    Abort.http(within(abort.getHttpStatus(), 200, 599, at + ".http_status"), share);
            case GRPC_STATUS ->
                    Abort.grpc(within(abort.getGrpcStatus(), 0, 16, at + ".grpc_status"), share);
            case HEADER_ABORT, ERRORTYPE_NOT_SET ->
                    throw new Refusal(at, "has no status; expected http_status or grpc_status");
        };
    }

    private static int within(int status, int lowest, int highest, String at) throws Refusal {
        if (status < lowest || status > highest) {
            throw new Refusal(at, "is %d; expected %d..%d".formatted(status, lowest, highest));
        }
        return status;
    }

    private static @Nullable Cors cors(Any config, String at) throws Refusal {
        CorsPolicy policy =
                unpack(config, CorsPolicy.parser(), KnownFields.CORS, at, CorsPolicy.class);
        if (policy.hasFilterEnabled()) {
            int share =
                    Reading.perMillion(
                            policy.getFilterEnabled().getDefaultValue(), at + ".filter_enabled");
            if (share == 0) {
                return null;
            }
            if (share < 1_000_000) {
                throw new Refusal(
                        at + ".filter_enabled", "is a share; expected all requests or none");
            }
        }
        List<ValueMatch> origins = new ArrayList<>();
        for (int i = 0; i < policy.getAllowOriginStringMatchCount(); i++) {
            origins.add(
                    MatchFactory.value(
                            policy.getAllowOriginStringMatch(i),
                            at + ".allow_origin_string_match[" + i + "]"));
        }
        boolean forwardOthers =
                !policy.hasForwardNotMatchingPreflights()
                        || policy.getForwardNotMatchingPreflights().getValue();
        return new Cors(
                new Cors.Terms(
                        origin -> matchesAny(origins, origin),
                        policy.getAllowCredentials().getValue(),
                        policy.getAllowMethods(),
                        policy.getAllowHeaders(),
                        policy.getExposeHeaders(),
                        policy.getMaxAge(),
                        forwardOthers));
    }

    private static boolean matchesAny(List<ValueMatch> matches, String value) {
        for (ValueMatch match : matches) {
            if (match.matches(value)
                    || (match instanceof ValueMatch.Exact(String wanted, _)
                            && wanted.equals("*"))) {
                return true;
            }
        }
        return false;
    }

    private static <T> T unpack(
            Any config, com.google.protobuf.Parser<T> parser, Shape shape, String at, Class<T> type)
            throws Refusal {
        if (!Reading.typeOf(config).endsWith("." + type.getSimpleName())) {
            throw new Refusal(
                    at,
                    "is a %s; expected %s".formatted(Reading.typeOf(config), type.getSimpleName()));
        }
        return Reading.unpack(config, parser, shape, at);
    }
}
