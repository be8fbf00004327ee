package io.lateen.sidecar.plan;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.envoyproxy.envoy.config.core.v3.Metadata;
import io.envoyproxy.envoy.type.v3.FractionalPercent;
import io.lateen.sidecar.exchange.HeaderName;

/** Reads the small values that Envoy's messages are made of. */
final class Reading {

    private static final long NANOS = 1_000_000_000L;

    /** Longer than any traffic: what is beyond it would overflow when added to a clock. */
    private static final long LONGEST_SECONDS = 3_650L * 24 * 3600;

    private Reading() {}

    /** A duration of at least nothing, in nanoseconds. */
    static long nanos(Duration duration, String field) throws Refusal {
        if (duration.getSeconds() < 0 || duration.getNanos() < 0) {
            throw new Refusal(field, "is negative; expected a duration of 0s or more");
        }
        if (duration.getSeconds() > LONGEST_SECONDS) {
            throw new Refusal(field, "is longer than ten years");
        }
        return duration.getSeconds() * NANOS + duration.getNanos();
    }

    /** A share as parts of a million; more than all is all. */
    static int perMillion(FractionalPercent percent, String field) throws Refusal {
        long numerator = Integer.toUnsignedLong(percent.getNumerator());
        long perMillion =
                switch (percent.getDenominator()) {
                    case HUNDRED -> numerator * 10_000;
                    case TEN_THOUSAND -> numerator * 100;
                    case MILLION -> numerator;
                    case UNRECOGNIZED -> throw new Refusal(field + ".denominator", "is not known");
                };
        return (int) Math.min(perMillion, 1_000_000);
    }

    /** An RE2 expression that costs little to compile and to keep. */
    static Pattern pattern(String regex, String field) throws Refusal {
        String excess = Regexes.excess(regex);
        if (excess != null) {
            throw new Refusal(field, excess);
        }
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException wrong) {
            throw new Refusal(field, "is no RE2 expression: " + wrong.getMessage());
        }
    }

    /** A text that becomes part of a request line or of a host: nothing in it may end either. */
    static String unbroken(String text, String field) throws Refusal {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) == 127) {
                throw new Refusal(
                        field,
                        "holds a blank, a line end or a control character; expected them written"
                                + " as %20 and the like");
            }
        }
        return text;
    }

    /** A header's name. */
    static HeaderName headerName(String name, String field) throws Refusal {
        try {
            return HeaderName.of(name);
        } catch (IllegalArgumentException wrong) {
            throw new Refusal(field, String.valueOf(wrong.getMessage()));
        }
    }

    /** The message in {@code any}, checked against what is known of it. */
    static <T> T unpack(Any any, Parser<T> parser, Shape shape, String field) throws Refusal {
        shape.check(any.getValue(), field);
        try {
            return parser.parseFrom(any.getValue());
        } catch (InvalidProtocolBufferException broken) {
            throw new Refusal(field, "cannot be read: " + broken.getMessage());
        }
    }

    /** The full name of the message in {@code any}. */
    static String typeOf(Any any) {
        String url = any.getTypeUrl();
        return url.substring(url.lastIndexOf('/') + 1);
    }

    /** One key of one filter's metadata, {@link Value#getDefaultInstance()} when absent. */
    static Value metadata(Metadata metadata, String filter, String key) {
        Struct struct = metadata.getFilterMetadataOrDefault(filter, Struct.getDefaultInstance());
        return struct.getFieldsOrDefault(key, Value.getDefaultInstance());
    }

    /** The rule that the metadata of a route or a cluster names. */
    static RouteOrigin origin(String name, Metadata metadata) {
        return new RouteOrigin(
                name,
                metadata(metadata, "istio", "config").getStringValue(),
                metadata(metadata, "lateen", "revision").getStringValue());
    }
}
