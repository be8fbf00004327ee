package io.lateen.manager.translate.quota;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.core.v3.RuntimeFractionalPercent;
import io.envoyproxy.envoy.config.route.v3.RateLimit.Action;
import io.envoyproxy.envoy.extensions.common.ratelimit.v3.LocalRateLimitDescriptor;
import io.envoyproxy.envoy.extensions.common.ratelimit.v3.RateLimitDescriptor;
import io.envoyproxy.envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.type.v3.FractionalPercent;
import io.envoyproxy.envoy.type.v3.TokenBucket;
import io.lateen.manager.translate.envoy.Deterministic;
import io.lateen.manager.translate.envoy.Words;
import io.lateen.model.resource.RateLimit;
import io.lateen.model.resource.Resource;
import java.time.Duration;
import java.util.List;

/**
 * The filter of a RateLimit that each sidecar counts for itself. What requests are described by
 * stands in the filter, so that no stage of the routes is taken.
 */
final class LocalLimits {

    /** So many values of its headers have a bucket of their own. */
    private static final int MOST_KEYS = 10_000;

    private static final RuntimeFractionalPercent ALL =
            RuntimeFractionalPercent.newBuilder()
                    .setDefaultValue(FractionalPercent.newBuilder().setNumerator(100))
                    .build();

    private LocalLimits() {}

    static HttpFilter filter(Resource resource) {
        String name = Limits.name(resource);
        LocalRateLimit.Builder filter =
                LocalRateLimit.newBuilder()
                        .setStatPrefix(name)
                        .setFilterEnabled(ALL)
                        .setFilterEnforced(ALL)
                        .setMaxDynamicDescriptors(UInt32Value.of(MOST_KEYS))
                        // Envoy wants one for what no descriptor is about; it is never empty.
                        .setAlwaysConsumeDefaultTokenBucket(Words.no())
                        .setTokenBucket(bucket(0xFFFF_FFFFL, Duration.ofSeconds(1)));
        List<RateLimit.Limit> limits = Limits.spec(resource).limits();
        for (int i = 0; i < limits.size(); i++) {
            RateLimit.Limit limit = limits.get(i);
            for (var rule : new Descriptors(0, name + "/" + i, Limits.headers(limit)).all()) {
                filter.addRateLimits(rule);
                filter.addDescriptors(
                        descriptor(rule.getActionsList())
                                .setTokenBucket(bucket(limit.requests(), limit.per())));
            }
        }
        return HttpFilter.newBuilder()
                .setName("envoy.filters.http.local_ratelimit")
                .setTypedConfig(Deterministic.any(filter.build()))
                .build();
    }

    /** Each value of a header has a bucket of its own: the entry has none. */
    private static LocalRateLimitDescriptor.Builder descriptor(List<Action> actions) {
        LocalRateLimitDescriptor.Builder descriptor = LocalRateLimitDescriptor.newBuilder();
        for (Action action : actions) {
            descriptor.addEntries(
                    switch (action.getActionSpecifierCase()) {
                        case GENERIC_KEY ->
                                entry(
                                        action.getGenericKey().getDescriptorKey(),
                                        action.getGenericKey().getDescriptorValue());
                        case REQUEST_HEADERS ->
                                entry(action.getRequestHeaders().getDescriptorKey(), "");
                        case HEADER_VALUE_MATCH ->
                                entry(
                                        action.getHeaderValueMatch().getDescriptorKey(),
                                        action.getHeaderValueMatch().getDescriptorValue());
                        default -> throw new IllegalStateException(action.toString());
                    });
        }
        return descriptor;
    }

    private static RateLimitDescriptor.Entry entry(String key, String value) {
        return RateLimitDescriptor.Entry.newBuilder().setKey(key).setValue(value).build();
    }

    private static TokenBucket bucket(long requests, Duration per) {
        return TokenBucket.newBuilder()
                .setMaxTokens((int) requests)
                .setTokensPerFill(UInt32Value.of((int) requests))
                .setFillInterval(Words.duration(per))
                .build();
    }
}
