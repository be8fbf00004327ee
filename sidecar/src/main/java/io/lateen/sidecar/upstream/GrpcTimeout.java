package io.lateen.sidecar.upstream;

import io.lateen.sidecar.exchange.Fields;
import io.lateen.sidecar.exchange.HeaderName;
import io.lateen.sidecar.exchange.RequestHead;

/**
 * What a gRPC client says of its patience: {@code grpc-timeout}, up to eight digits and a unit
 * (gRPC over HTTP/2, "Requests").
 */
final class GrpcTimeout {

    /** A client that says nothing, or nothing that can be understood. */
    static final long NONE = -1;

    private static final int MOST_DIGITS = 8;
    private static final long MOST = 99_999_999L;
    private static final byte[] UNITS = {'n', 'u', 'm', 'S', 'M', 'H'};
    private static final long[] NANOS = {
        1L, 1_000L, 1_000_000L, 1_000_000_000L, 60_000_000_000L, 3_600_000_000_000L
    };

    private GrpcTimeout() {}

    /**
     * How long the client waits, from the request's head on.
     *
     * @return nanoseconds; {@link Long#MAX_VALUE} for more than these can say; {@link #NONE} where
     *     there is no header, more than one, or one that is not valid
     */
    static long of(RequestHead head) {
        Fields fields = head.fields();
        int line = fields.find(HeaderName.GRPC_TIMEOUT, 0);
        return line < 0 || fields.find(HeaderName.GRPC_TIMEOUT, line + 1) >= 0
                ? NONE
                : parse(fields.bytes(), fields.valueStart(line), fields.valueEnd(line));
    }

    private static long parse(byte[] text, int from, int to) {
        int digits = to - from - 1;
        if (digits < 1 || digits > MOST_DIGITS) {
            return NONE;
        }
        long value = 0;
        for (int i = from; i < to - 1; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return NONE;
            }
            value = value * 10 + digit;
        }
        for (int unit = 0; unit < UNITS.length; unit++) {
            if (UNITS[unit] == text[to - 1]) {
                return value > Long.MAX_VALUE / NANOS[unit] ? Long.MAX_VALUE : value * NANOS[unit];
            }
        }
        return NONE;
    }

    /** Tells the upstream how long there is, rounded down to what eight digits can say. */
    static void set(RequestHead head, long nanos) {
        int unit = 0;
        long value = Math.max(1, nanos);
        while (value > MOST) {
            unit++;
            value = nanos / NANOS[unit];
        }
        byte[] text = new byte[MOST_DIGITS + 1];
        int at = text.length;
        text[--at] = UNITS[unit];
        do {
            text[--at] = (byte) ('0' + value % 10);
            value /= 10;
        } while (value > 0);
        head.set(HeaderName.GRPC_TIMEOUT, java.util.Arrays.copyOfRange(text, at, text.length));
    }
}
