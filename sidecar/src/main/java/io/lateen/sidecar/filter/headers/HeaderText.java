package io.lateen.sidecar.filter.headers;

import io.lateen.sidecar.exchange.Exchange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The value of a header that is added: a text, or a text with what is known of the request in it
 * (Envoy's command operators, {@code %REQ(x-id)%}). Read when a plan is compiled.
 */
public sealed interface HeaderText {

    /** The value for a request; empty when nothing of it is known. */
    byte[] of(Exchange exchange);

    /** Whether it is the same for every request, and empty. */
    default boolean isEmpty() {
        return false;
    }

    /** The same for every request. */
    @SuppressWarnings("ArrayRecordComponent") // written as it is, never compared
    record Fixed(byte[] value) implements HeaderText {
        @Override
        public byte[] of(Exchange exchange) {
            return value;
        }

        @Override
        public boolean isEmpty() {
            return value.length == 0;
        }
    }

    /** Put together for each request. */
    record Made(List<Function<Exchange, String>> parts) implements HeaderText {

        public Made {
            parts = List.copyOf(parts);
        }

        @Override
        public byte[] of(Exchange exchange) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < parts.size(); i++) {
                text.append(parts.get(i).apply(exchange));
            }
            return text.toString().getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    /**
     * Reads a format.
     *
     * @throws IllegalArgumentException with what was found and expected, where it is not valid or
     *     names an operator that this sidecar does not know
     */
    static HeaderText of(String format) {
        return new Reader(format).read();
    }

    /** Reads one format. */
    final class Reader {
        private static final Pattern OPERATOR =
                Pattern.compile("([A-Z_]+)(?:\\(([^)]*)\\))?(?::(\\d{1,5}))?");

        private final String format;
        private final List<Function<Exchange, String>> parts = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();

        private Reader(String format) {
            this.format = format;
        }

        private HeaderText read() {
            for (int i = 0; i < format.length(); i++) {
                char c = format.charAt(i);
                if (c == '\r' || c == '\n' || c == 0) {
                    throw new IllegalArgumentException(
                            "holds a line end or a zero byte; expected one line");
                }
                if (c != '%') {
                    text.append(c);
                } else if (i + 1 < format.length() && format.charAt(i + 1) == '%') {
                    text.append('%');
                    i++;
                } else {
                    int end = format.indexOf('%', i + 1);
                    if (end < 0) {
                        throw new IllegalArgumentException(
                                "holds a single percent sign; expected %OPERATOR%, or %% for a"
                                        + " percent sign");
                    }
                    endText();
                    parts.add(operator(format.substring(i + 1, end)));
                    i = end;
                }
            }
            if (parts.isEmpty()) {
                return new Fixed(text.toString().getBytes(StandardCharsets.UTF_8));
            }
            endText();
            return new Made(parts);
        }

        private void endText() {
            if (!text.isEmpty()) {
                // Bytes as they are read from heads: one character each.
                String octets =
                        new String(
                                text.toString().getBytes(StandardCharsets.UTF_8),
                                StandardCharsets.ISO_8859_1);
                parts.add(exchange -> octets);
                text.setLength(0);
            }
        }

        private static Function<Exchange, String> operator(String written) {
            Matcher parts = OPERATOR.matcher(written);
            if (!parts.matches()) {
                throw unknown(written);
            }
            Function<Exchange, String> value =
                    value(written, String.valueOf(parts.group(1)), parts.group(2));
            if (parts.group(3) == null) {
                return value;
            }
            int most = Integer.parseInt(parts.group(3));
            return exchange -> {
                String whole = value.apply(exchange);
                return whole.length() <= most ? whole : whole.substring(0, most);
            };
        }

        private static Function<Exchange, String> value(
                String written, String name, @Nullable String argument) {
            if (argument == null) {
                return Variables.plain(name).orElseThrow(() -> unknown(written));
            }
            int or = argument.indexOf('?');
            String first = or < 0 ? argument : argument.substring(0, or);
            String other = or < 0 ? null : argument.substring(or + 1);
            return switch (name) {
                case "REQ" -> Variables.ofRequest(first, other);
                case "RESP" -> Variables.ofResponse(first, other);
                default -> throw unknown(written);
            };
        }

        private static IllegalArgumentException unknown(String written) {
            return new IllegalArgumentException(
                    "holds %"
                            + written
                            + "%, which this sidecar does not know; expected an operator such as"
                            + " %REQ(x-request-id)% or %DOWNSTREAM_REMOTE_ADDRESS%, or %% for a"
                            + " percent sign");
        }
    }
}
