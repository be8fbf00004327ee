package io.lateen.sidecar.plan;

import io.lateen.sidecar.exchange.Exchange;
import io.lateen.sidecar.exchange.QuotaEntry;
import io.lateen.sidecar.exchange.RequestFilter;
import io.lateen.sidecar.exchange.Step;
import io.lateen.sidecar.filter.limit.LimitPart;
import io.lateen.sidecar.filter.limit.LocalLimit;
import io.lateen.sidecar.filter.limit.LocalLimits;
import io.lateen.sidecar.filter.limit.Rate;
import io.lateen.sidecar.filter.quota.QuotaPart;
import io.lateen.sidecar.filter.quota.QuotaRule;
import io.lateen.sidecar.route.HeaderMatch;
import io.lateen.sidecar.route.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Limits that a sidecar counts by itself, of a listener or of a route in its place. By itself it
 * lets everything pass: what is counted is known when the routes are.
 *
 * @param source what it was made of; equal ones are the same limits
 * @param name of the rule
 * @param stage of the routes' rules that it goes by
 * @param own rules of its own, which routes' do not replace
 * @param descriptors buckets of requests that rules describe
 * @param terms the rest, without limits
 */
record LocalLimitGate(
        Object source,
        String name,
        int stage,
        List<QuotaRule> own,
        List<Descriptor> descriptors,
        LocalLimits terms)
        implements RequestFilter {

    LocalLimitGate {
        own = List.copyOf(own);
        descriptors = List.copyOf(descriptors);
    }

    /**
     * A bucket of requests that are described so.
     *
     * @param entries with an empty value for any: each has a bucket of its own then
     */
    record Descriptor(List<QuotaEntry> entries, Rate rate) {

        Descriptor {
            entries = List.copyOf(entries);
        }
    }

    /** The rules that a route's requests are described by. */
    List<QuotaRule> rules(List<QuotaRule> ofRoute) {
        return own.isEmpty()
                ? ofRoute.stream().filter(rule -> rule.stage() == stage).toList()
                : own;
    }

    /** What holds where requests are described by these rules. */
    LocalLimits on(List<QuotaRule> rules) {
        List<LocalLimit> limits = new ArrayList<>();
        for (Descriptor descriptor : descriptors) {
            for (QuotaRule rule : rules) {
                limit(rule.parts(), descriptor).ifPresent(limits::add);
            }
        }
        return new LocalLimits(
                name, limits, terms.otherwise(), terms.always(), terms.shares(), terms.mostKeys());
    }

    /** The limit of what a rule and a descriptor have in common; empty where that is nothing. */
    private static Optional<LocalLimit> limit(List<QuotaPart> parts, Descriptor descriptor) {
        if (parts.size() != descriptor.entries().size()) {
            return Optional.empty();
        }
        List<LimitPart> asked = new ArrayList<>();
        boolean keyed = false;
        for (int i = 0; i < parts.size(); i++) {
            QuotaEntry entry = descriptor.entries().get(i);
            boolean any = entry.value().isEmpty();
            switch (parts.get(i)) {
                case QuotaPart.Fixed(QuotaEntry said) -> {
                    if (!fits(said, entry)) {
                        return Optional.empty();
                    }
                }
                case QuotaPart.HeaderValue(var header, String key) -> {
                    if (!key.equals(entry.key())) {
                        return Optional.empty();
                    }
                    asked.add(
                            any
                                    ? new LimitPart.ByHeader(header)
                                    : new LimitPart.Asked(
                                            new HeaderMatch.Equal(
                                                            header, Octets.asRead(entry.value()))
                                                    ::matches));
                    keyed |= any;
                }
                case QuotaPart.Matching(var match, QuotaEntry said) -> {
                    if (!fits(said, entry)) {
                        return Optional.empty();
                    }
                    asked.add(new LimitPart.Asked(match));
                }
                case QuotaPart.RemoteAddress() -> {
                    if (!any || !entry.key().equals(QuotaPart.RemoteAddress.KEY)) {
                        return Optional.empty();
                    }
                    asked.add(new LimitPart.ByAddress());
                    keyed = true;
                }
            }
        }
        return Optional.of(
                new LocalLimit(asked, descriptor.rate(), descriptor.rate().tokens(), keyed));
    }

    private static boolean fits(QuotaEntry said, QuotaEntry wanted) {
        return said.key().equals(wanted.key())
                && (wanted.value().isEmpty() || wanted.value().equals(said.value()));
    }

    @Override
    public Step apply(Exchange exchange) {
        return Step.CONTINUE;
    }
}
