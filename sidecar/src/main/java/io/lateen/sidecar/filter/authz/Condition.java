package io.lateen.sidecar.filter.authz;

import io.lateen.sidecar.exchange.Crossing;
import io.lateen.sidecar.exchange.RequestHead;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a rule asks of a request, or of a connection that is passed on as bytes. */
@FunctionalInterface
public interface Condition {

    /** Fulfilled by all. */
    Condition ANY = (_, _) -> true;

    /** Fulfilled by none. */
    Condition NONE = (_, _) -> false;

    /**
     * Whether it is fulfilled; called on an event loop.
     *
     * @param head null for a connection that is passed on as bytes
     */
    boolean holds(Crossing crossing, @Nullable RequestHead head);

    /** All of them; fulfilled when there are none. */
    static Condition all(List<Condition> parts) {
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        Condition[] each = parts.toArray(Condition[]::new);
        return (crossing, head) -> {
            for (Condition part : each) {
                if (!part.holds(crossing, head)) {
                    return false;
                }
            }
            return true;
        };
    }

    /** One of them at least; not fulfilled when there are none. */
    static Condition oneOf(List<Condition> parts) {
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        Condition[] each = parts.toArray(Condition[]::new);
        return (crossing, head) -> {
            for (Condition part : each) {
                if (part.holds(crossing, head)) {
                    return true;
                }
            }
            return false;
        };
    }

    /** The opposite. */
    static Condition not(Condition part) {
        return (crossing, head) -> !part.holds(crossing, head);
    }
}
