package io.lateen.sidecar.plan;

import io.envoyproxy.envoy.config.core.v3.RuntimeFractionalPercent;
import io.envoyproxy.envoy.extensions.common.ratelimit.v3.LocalRateLimitDescriptor;
import io.envoyproxy.envoy.extensions.common.ratelimit.v3.RateLimitDescriptor;
import io.envoyproxy.envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit;
import io.envoyproxy.envoy.type.v3.TokenBucket;

/** What of local limits is known; as {@link KnownFields}. */
final class KnownLimitFields {

    private static final Shape BUCKET =
            Shape.of(TokenBucket::getDescriptor)
                    .with(
                            TokenBucket.MAX_TOKENS_FIELD_NUMBER,
                            TokenBucket.TOKENS_PER_FILL_FIELD_NUMBER,
                            TokenBucket.FILL_INTERVAL_FIELD_NUMBER);

    // The name of a share's runtime key is of Envoy's own switches.
    private static final Shape SHARE =
            Shape.of(RuntimeFractionalPercent::getDescriptor)
                    .with(
                            RuntimeFractionalPercent.DEFAULT_VALUE_FIELD_NUMBER,
                            RuntimeFractionalPercent.RUNTIME_KEY_FIELD_NUMBER);

    // Clients are always told when to come back; Envoy's further headers change nothing.
    static final Shape LOCAL =
            Shape.of(LocalRateLimit::getDescriptor)
                    .with(
                            LocalRateLimit.STAT_PREFIX_FIELD_NUMBER,
                            LocalRateLimit.STATUS_FIELD_NUMBER,
                            LocalRateLimit.STAGE_FIELD_NUMBER,
                            LocalRateLimit.ENABLE_X_RATELIMIT_HEADERS_FIELD_NUMBER,
                            LocalRateLimit.ALWAYS_CONSUME_DEFAULT_TOKEN_BUCKET_FIELD_NUMBER,
                            LocalRateLimit.MAX_DYNAMIC_DESCRIPTORS_FIELD_NUMBER)
                    .with(LocalRateLimit.TOKEN_BUCKET_FIELD_NUMBER, BUCKET)
                    .with(LocalRateLimit.FILTER_ENABLED_FIELD_NUMBER, SHARE)
                    .with(LocalRateLimit.FILTER_ENFORCED_FIELD_NUMBER, SHARE)
                    .with(LocalRateLimit.RATE_LIMITS_FIELD_NUMBER, KnownFields.RATE_LIMIT)
                    .with(
                            LocalRateLimit.DESCRIPTORS_FIELD_NUMBER,
                            Shape.of(LocalRateLimitDescriptor::getDescriptor)
                                    .with(
                                            LocalRateLimitDescriptor.ENTRIES_FIELD_NUMBER,
                                            Shape.of(RateLimitDescriptor.Entry::getDescriptor)
                                                    .with(
                                                            RateLimitDescriptor.Entry
                                                                    .KEY_FIELD_NUMBER,
                                                            RateLimitDescriptor.Entry
                                                                    .VALUE_FIELD_NUMBER))
                                    .with(
                                            LocalRateLimitDescriptor.TOKEN_BUCKET_FIELD_NUMBER,
                                            BUCKET));

    private KnownLimitFields() {}
}
