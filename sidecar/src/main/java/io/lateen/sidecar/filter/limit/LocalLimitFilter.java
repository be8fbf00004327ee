package io.lateen.sidecar.filter.limit;

import io.lateen.sidecar.exchange.Exchange;
import io.lateen.sidecar.exchange.Failure;
import io.lateen.sidecar.exchange.HeaderName;
import io.lateen.sidecar.exchange.LocalReply;
import io.lateen.sidecar.exchange.QuotaAnswer;
import io.lateen.sidecar.exchange.RequestFilter;
import io.lateen.sidecar.exchange.Step;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Refuses requests beyond limits that this sidecar counts by itself: 429, flag RL. A request that
 * one limit refuses uses nothing of the others. Allocates nothing for requests that pass.
 */
public final class LocalLimitFilter implements RequestFilter {
    private static final HeaderName RETRY_AFTER = HeaderName.of("retry-after");
    private static final HeaderName LIMIT = HeaderName.of("ratelimit-limit");
    private static final HeaderName REMAINING = HeaderName.of("ratelimit-remaining");
    private static final HeaderName RESET = HeaderName.of("ratelimit-reset");

    private static final long FIRST = 1;

    private final LocalLimits terms;
    private final Fingerprint fingerprint;
    private final Counted[] limits;
    private final Counted[] otherwise;

    /** A limit and its buckets. */
    private record Counted(LocalLimit limit, Buckets buckets) {}

    /**
     * Buckets that nobody has used.
     *
     * @param secrets source of what keys are hashed with
     */
    public LocalLimitFilter(LocalLimits terms, SecureRandom secrets) {
        this.terms = terms;
        this.fingerprint = new Fingerprint(secrets.nextLong(), secrets.nextLong());
        this.limits = counted(terms.limits());
        this.otherwise = counted(terms.otherwise());
    }

    private Counted[] counted(List<LocalLimit> of) {
        return of.stream()
                .map(
                        limit ->
                                new Counted(
                                        limit,
                                        new Buckets(
                                                limit.rate(),
                                                limit.keyed() ? terms.mostKeys() : 1)))
                .toArray(Counted[]::new);
    }

    @Override
    public Step apply(Exchange exchange) {
        int enabled = terms.shares().enabled();
        if (enabled < LocalLimits.Shares.ALL
                && exchange.random().nextInt(LocalLimits.Shares.ALL) >= enabled) {
            return Step.CONTINUE;
        }
        long now = exchange.startNanos();
        boolean any = false;
        for (int i = 0; i < limits.length; i++) {
            long key = key(limits[i].limit(), exchange);
            if (key == LimitPart.NO) {
                continue;
            }
            any = true;
            long wait = limits[i].buckets().take(bucket(limits[i].limit(), key), now);
            if (wait > 0) {
                giveBack(i, exchange);
                return over(limits[i].limit(), wait, exchange);
            }
        }
        if (terms.always() || !any) {
            for (Counted each : otherwise) {
                long wait = each.buckets().take(0, now);
                if (wait > 0) {
                    giveBack(limits.length, exchange);
                    return over(each.limit(), wait, exchange);
                }
            }
        }
        return Step.CONTINUE;
    }

    private long key(LocalLimit limit, Exchange exchange) {
        long key = FIRST;
        List<LimitPart> parts = limit.parts();
        for (int i = 0; i < parts.size() && key != LimitPart.NO; i++) {
            key = parts.get(i).apply(exchange, fingerprint, key);
        }
        return key;
    }

    private static long bucket(LocalLimit limit, long key) {
        return limit.keyed() ? key : 0;
    }

    private void giveBack(int before, Exchange exchange) {
        for (int i = 0; i < before; i++) {
            long key = key(limits[i].limit(), exchange);
            if (key != LimitPart.NO) {
                limits[i].buckets().giveBack(bucket(limits[i].limit(), key));
            }
        }
    }

    private Step over(LocalLimit limit, long waitNanos, Exchange exchange) {
        int enforced = terms.shares().enforced();
        if (enforced < LocalLimits.Shares.ALL
                && exchange.random().nextInt(LocalLimits.Shares.ALL) >= enforced) {
            return Step.CONTINUE;
        }
        long seconds = Math.ceilDiv(waitNanos, TimeUnit.SECONDS.toNanos(1));
        List<LocalReply.Header> headers = new ArrayList<>(4);
        headers.add(LocalReply.Header.of(RETRY_AFTER, Long.toString(seconds)));
        headers.add(LocalReply.Header.of(LIMIT, Long.toString(limit.requests())));
        headers.add(LocalReply.Header.of(REMAINING, "0"));
        headers.add(LocalReply.Header.of(RESET, Long.toString(seconds)));
        exchange.fail(
                new Failure.OverQuota(
                        new QuotaAnswer.Limit(terms.name(), limit.requests(), seconds), headers));
        return Step.ENDED;
    }
}
