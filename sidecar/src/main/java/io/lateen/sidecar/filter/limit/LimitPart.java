package io.lateen.sidecar.filter.limit;

import io.lateen.sidecar.exchange.Exchange;
import io.lateen.sidecar.exchange.Fields;
import io.lateen.sidecar.exchange.HeaderName;
import io.lateen.sidecar.exchange.RequestHead;
import java.net.InetSocketAddress;
import java.util.function.Predicate;

/** One part of what a limit asks of a request, or counts it by. */
public sealed interface LimitPart {

    /** The limit says nothing about the request. */
    long NO = 0;

    /**
     * Goes on with a request's key.
     *
     * @param key so far
     * @return {@link #NO} when the limit says nothing about it
     */
    long apply(Exchange exchange, Fingerprint fingerprint, long key);

    /** Requests that fulfil something; all of them have one key. */
    record Asked(Predicate<RequestHead> match) implements LimitPart {
        @Override
        public long apply(Exchange exchange, Fingerprint fingerprint, long key) {
            return match.test(exchange.request()) ? key : NO;
        }
    }

    /** Each value of a header has a key of its own; nothing is said about requests without it. */
    record ByHeader(HeaderName name) implements LimitPart {
        @Override
        public long apply(Exchange exchange, Fingerprint fingerprint, long key) {
            Fields fields = exchange.request().fields();
            int line = fields.find(name, 0);
            long found = line < 0 ? NO : key;
            for (; line >= 0; line = fields.find(name, line + 1)) {
                found =
                        fingerprint.of(
                                found,
                                fields.bytes(),
                                fields.valueStart(line),
                                fields.valueEnd(line));
            }
            return found;
        }
    }

    /** Each client address has a key of its own. */
    record ByAddress() implements LimitPart {
        @Override
        public long apply(Exchange exchange, Fingerprint fingerprint, long key) {
            if (exchange.downstreamRemote() instanceof InetSocketAddress client
                    && client.getAddress() != null) {
                byte[] address = client.getAddress().getAddress();
                return fingerprint.of(key, address, 0, address.length);
            }
            return key;
        }
    }
}
