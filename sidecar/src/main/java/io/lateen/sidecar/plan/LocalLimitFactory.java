package io.lateen.sidecar.plan;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.core.v3.RuntimeFractionalPercent;
import io.envoyproxy.envoy.extensions.common.ratelimit.v3.LocalRateLimitDescriptor;
import io.envoyproxy.envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit;
import io.envoyproxy.envoy.type.v3.TokenBucket;
import io.lateen.sidecar.exchange.QuotaEntry;
import io.lateen.sidecar.filter.limit.LocalLimit;
import io.lateen.sidecar.filter.limit.LocalLimits;
import io.lateen.sidecar.filter.limit.Rate;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes local limits from {@code envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit}.
 */
final class LocalLimitFactory {

    static final String HTTP = "envoy.filters.http.local_ratelimit";

    /** Envoy's default for descriptors without a value. */
    private static final int MOST_KEYS = 20;

    private static final int MOST_KEYS_EVER = 1 << 20;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int HIGHEST_STAGE = 10;

    /** Envoy refuses what would be filled more often. */
    private static final long SHORTEST_FILL_NANOS = 50_000_000L;

    private LocalLimitFactory() {}

    static LocalLimitGate gate(Any config, String at) throws Refusal {
        if (!Reading.typeOf(config).endsWith(".local_ratelimit.v3.LocalRateLimit")) {
            throw new Refusal(
                    at, "is a %s; expected LocalRateLimit".formatted(Reading.typeOf(config)));
        }
        LocalRateLimit from =
                Reading.unpack(config, LocalRateLimit.parser(), KnownLimitFields.LOCAL, at);
        int status = from.getStatus().getCodeValue();
        if (status != 0 && status != TOO_MANY_REQUESTS) {
            throw new Refusal(at + ".status", "is %d; expected 429".formatted(status));
        }
        if (from.getStage() < 0 || from.getStage() > HIGHEST_STAGE) {
            throw new Refusal(at + ".stage", "is %d; expected 0..10".formatted(from.getStage()));
        }
        List<LocalLimit> otherwise = new ArrayList<>();
        if (from.hasTokenBucket()) {
            Rate rate = rate(from.getTokenBucket(), at + ".token_bucket");
            otherwise.add(new LocalLimit(List.of(), rate, rate.tokens(), false));
        }
        return new LocalLimitGate(
                config.getValue(),
                from.getStatPrefix(),
                from.getStage(),
                RateLimitFactory.rules(from.getRateLimitsList(), at),
                descriptors(from, at),
                new LocalLimits(
                        from.getStatPrefix(),
                        List.of(),
                        otherwise,
                        !from.hasAlwaysConsumeDefaultTokenBucket()
                                || from.getAlwaysConsumeDefaultTokenBucket().getValue(),
                        new LocalLimits.Shares(
                                share(from.getFilterEnabled(), at + ".filter_enabled"),
                                share(from.getFilterEnforced(), at + ".filter_enforced")),
                        mostKeys(from)));
    }

    private static int mostKeys(LocalRateLimit from) {
        int most = from.getMaxDynamicDescriptors().getValue();
        return from.hasMaxDynamicDescriptors()
                ? most <= 0 || most > MOST_KEYS_EVER ? MOST_KEYS_EVER : most
                : MOST_KEYS;
    }

    /** As in Envoy, nothing is counted or refused unless it is said how much. */
    private static int share(RuntimeFractionalPercent share, String at) throws Refusal {
        return Reading.perMillion(share.getDefaultValue(), at + ".default_value");
    }

    private static List<LocalLimitGate.Descriptor> descriptors(LocalRateLimit from, String at)
            throws Refusal {
        List<LocalLimitGate.Descriptor> descriptors = new ArrayList<>();
        for (int i = 0; i < from.getDescriptorsCount(); i++) {
            LocalRateLimitDescriptor each = from.getDescriptors(i);
            descriptors.add(
                    new LocalLimitGate.Descriptor(
                            each.getEntriesList().stream()
                                    .map(entry -> new QuotaEntry(entry.getKey(), entry.getValue()))
                                    .toList(),
                            rate(
                                    each.getTokenBucket(),
                                    at + ".descriptors[" + i + "].token_bucket")));
        }
        return descriptors;
    }

    private static Rate rate(TokenBucket from, String at) throws Refusal {
        long tokens = Integer.toUnsignedLong(from.getMaxTokens());
        long perFill =
                from.hasTokensPerFill()
                        ? Integer.toUnsignedLong(from.getTokensPerFill().getValue())
                        : 1;
        long fill = Reading.nanos(from.getFillInterval(), at + ".fill_interval");
        if (tokens == 0) {
            throw new Refusal(at + ".max_tokens", "is 0; expected 1 or more");
        }
        if (perFill == 0) {
            throw new Refusal(at + ".tokens_per_fill", "is 0; expected 1 or more");
        }
        if (fill < SHORTEST_FILL_NANOS) {
            throw new Refusal(at + ".fill_interval", "is less than 50 ms");
        }
        return Rate.of(tokens, perFill, fill);
    }
}
