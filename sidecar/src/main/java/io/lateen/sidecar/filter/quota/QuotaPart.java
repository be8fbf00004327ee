package io.lateen.sidecar.filter.quota;

import io.lateen.sidecar.exchange.Exchange;
import io.lateen.sidecar.exchange.HeaderName;
import io.lateen.sidecar.exchange.QuotaEntry;
import io.lateen.sidecar.exchange.RequestHead;
import java.net.InetSocketAddress;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One part of what a request is counted by. */
public sealed interface QuotaPart {

    /** The entry for a request; null when the whole rule says nothing about it. */
    @Nullable QuotaEntry of(Exchange exchange);

    /** The same for every request. */
    record Fixed(QuotaEntry entry) implements QuotaPart {
        @Override
        public QuotaEntry of(Exchange exchange) {
            return entry;
        }
    }

    /** The value of a header, also an empty one; a rule says nothing about requests without it. */
    record HeaderValue(HeaderName name, String key) implements QuotaPart {
        @Override
        public @Nullable QuotaEntry of(Exchange exchange) {
            String value = exchange.request().header(name);
            return value == null ? null : new QuotaEntry(key, value);
        }
    }

    /** The same for requests whose headers match; a rule says nothing about others. */
    record Matching(Predicate<RequestHead> match, QuotaEntry entry) implements QuotaPart {
        @Override
        public @Nullable QuotaEntry of(Exchange exchange) {
            return match.test(exchange.request()) ? entry : null;
        }
    }

    /** The client's address; a rule says nothing about requests that have none. */
    record RemoteAddress() implements QuotaPart {
        /** Envoy's name for it. */
        public static final String KEY = "remote_address";

        @Override
        public @Nullable QuotaEntry of(Exchange exchange) {
            return exchange.downstreamRemote() instanceof InetSocketAddress client
                            && client.getAddress() != null
                    ? new QuotaEntry(KEY, client.getAddress().getHostAddress())
                    : null;
        }
    }
}
