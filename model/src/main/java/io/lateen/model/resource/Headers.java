package io.lateen.model.resource;

import java.util.List;
import java.util.Map;

/**
 * Headers that are changed on the way.
 *
 * @param request before the request is sent on
 * @param response before the answer is sent back
 */
public record Headers(Operations request, Operations response) {

    /** Nothing changes. */
    public static final Headers UNCHANGED = new Headers(Operations.NONE, Operations.NONE);

    /**
     * What happens to a set of headers, in this order.
     *
     * @param set replaces the header
     * @param add appends a value to the header
     * @param remove takes the header away
     */
    public record Operations(
            Map<String, String> set, Map<String, String> add, List<String> remove) {

        /** Nothing. */
        public static final Operations NONE = new Operations(Map.of(), Map.of(), List.of());

        public Operations {
            set = Values.ordered(set);
            add = Values.ordered(add);
            remove = List.copyOf(remove);
        }

        /** Whether nothing changes. */
        public boolean none() {
            return equals(NONE);
        }
    }
}
