package io.lateen.sidecar.filter.quota;

import io.lateen.sidecar.exchange.Exchange;
import io.lateen.sidecar.exchange.QuotaEntry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the requests of a route are counted by.
 *
 * @param stage of the filter that asks about it
 */
public record QuotaRule(int stage, List<QuotaPart> parts) {

    public QuotaRule {
        parts = List.copyOf(parts);
    }

    /** The descriptor of a request; null when the rule says nothing about it. */
    @Nullable List<QuotaEntry> of(Exchange exchange) {
        List<QuotaEntry> entries = new ArrayList<>(parts.size());
        for (QuotaPart part : parts) {
            QuotaEntry entry = part.of(exchange);
            if (entry == null) {
                return null;
            }
            entries.add(entry);
        }
        return entries;
    }
}
