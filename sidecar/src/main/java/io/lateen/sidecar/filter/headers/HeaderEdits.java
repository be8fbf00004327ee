package io.lateen.sidecar.filter.headers;

import io.lateen.sidecar.exchange.Exchange;
import io.lateen.sidecar.exchange.HeaderName;
import io.lateen.sidecar.exchange.RequestHead;
import io.lateen.sidecar.exchange.ResponseHead;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The header edits of a route or a destination, with values that are bytes where they can be.
 *
 * <p>Removals come first, then the additions in the order of the rule: what a rule adds, it does
 * not take away again (as Envoy's {@code HeaderParser}).
 */
public final class HeaderEdits {

    /** No edit. */
    public static final HeaderEdits NONE = new HeaderEdits(List.of(), List.of());

    private final List<HeaderName> removals;
    private final List<Addition> additions;

    private HeaderEdits(List<HeaderName> removals, List<Addition> additions) {
        this.removals = List.copyOf(removals);
        this.additions = List.copyOf(additions);
    }

    /** What happens when the header is there already, and when it is not. */
    public enum Mode {
        /** Another header of that name. */
        ADD,
        /** Instead of those of that name. */
        SET,
        /** Only if there is none. */
        ADD_IF_ABSENT,
        /** Instead of those of that name, only if there is one. */
        SET_IF_PRESENT
    }

    /**
     * One header that is added.
     *
     * @param keepEmpty whether it is there with an empty value too
     */
    public record Addition(HeaderName name, HeaderText value, Mode mode, boolean keepEmpty) {

        /** What it says about a request; null for nothing. */
        byte @Nullable [] of(Exchange exchange) {
            byte[] made = value.of(exchange);
            return made.length == 0 && !keepEmpty ? null : made;
        }
    }

    /** The edits of a rule, in its order. */
    public static HeaderEdits of(List<HeaderName> removals, List<Addition> additions) {
        return removals.isEmpty() && additions.isEmpty()
                ? NONE
                : new HeaderEdits(removals, additions);
    }

    /** Edits a request. */
    public void apply(RequestHead head, Exchange exchange) {
        for (int i = 0; i < removals.size(); i++) {
            head.remove(removals.get(i));
        }
        for (int i = 0; i < additions.size(); i++) {
            Addition each = additions.get(i);
            byte[] value = each.of(exchange);
            if (value == null) {
                continue;
            }
            switch (each.mode()) {
                case ADD -> head.add(each.name(), value);
                case SET -> head.set(each.name(), value);
                case ADD_IF_ABSENT -> {
                    if (!head.has(each.name())) {
                        head.add(each.name(), value);
                    }
                }
                case SET_IF_PRESENT -> {
                    if (head.has(each.name())) {
                        head.set(each.name(), value);
                    }
                }
            }
        }
    }

    /** Edits a response. */
    public void apply(ResponseHead head, Exchange exchange) {
        for (int i = 0; i < removals.size(); i++) {
            head.remove(removals.get(i));
        }
        for (int i = 0; i < additions.size(); i++) {
            Addition each = additions.get(i);
            byte[] value = each.of(exchange);
            if (value == null) {
                continue;
            }
            switch (each.mode()) {
                case ADD -> head.add(each.name(), value);
                case SET -> head.set(each.name(), value);
                case ADD_IF_ABSENT -> {
                    if (!head.has(each.name())) {
                        head.add(each.name(), value);
                    }
                }
                case SET_IF_PRESENT -> {
                    if (head.has(each.name())) {
                        head.set(each.name(), value);
                    }
                }
            }
        }
    }
}
