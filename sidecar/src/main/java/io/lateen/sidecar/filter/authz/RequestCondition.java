package io.lateen.sidecar.filter.authz;

import io.lateen.sidecar.exchange.Crossing;
import io.lateen.sidecar.exchange.Fields;
import io.lateen.sidecar.exchange.HeaderName;
import io.lateen.sidecar.exchange.RequestHead;
import io.lateen.sidecar.route.HeaderMatch;
import io.lateen.sidecar.route.ValueMatch;
import org.jspecify.annotations.Nullable;

/** What a rule asks of a request; no connection that is passed on as bytes fulfils it. */
public sealed interface RequestCondition extends Condition {

    /** The path, without its query, matches: in its one spelling, as it will be sent. */
    record Path(ValueMatch path) implements RequestCondition {

        @Override
        public boolean holds(Crossing crossing, @Nullable RequestHead head) {
            return head != null && path.matches(head.path());
        }
    }

    /** The method, the authority or the presence of a header is as a route may ask it. */
    record Head(HeaderMatch match) implements RequestCondition {

        @Override
        public boolean holds(Crossing crossing, @Nullable RequestHead head) {
            return head != null && match.matches(head);
        }
    }

    /**
     * A header's value. Where a header is sent several times, whoever answers may read the first,
     * the last or all of it, so that what decides is what is worse: one value that matches is
     * enough to be denied, and all must match to be allowed.
     *
     * @param invert whether values that do not match are wanted
     * @param missingIsEmpty whether a missing header counts as an empty value
     * @param oneIsEnough of several lines
     */
    record Header(
            HeaderName name,
            ValueMatch value,
            boolean invert,
            boolean missingIsEmpty,
            boolean oneIsEnough)
            implements RequestCondition {

        @Override
        public boolean holds(Crossing crossing, @Nullable RequestHead head) {
            if (head == null) {
                return false;
            }
            Fields fields = head.fields();
            int line = fields.find(name, 0);
            if (line < 0) {
                return missingIsEmpty && value.matches("") != invert;
            }
            int next = fields.find(name, line + 1);
            if (next < 0) {
                return value.matches(fields.value(line)) != invert;
            }
            return ofSeveral(fields, line, head.header(name));
        }

        private boolean ofSeveral(Fields fields, int first, @Nullable String joined) {
            if (oneIsEnough && joined != null && value.matches(joined) != invert) {
                return true;
            }
            for (int line = first; line >= 0; line = fields.find(name, line + 1)) {
                boolean matches = value.matches(fields.value(line)) != invert;
                if (matches == oneIsEnough) {
                    return oneIsEnough;
                }
            }
            return !oneIsEnough;
        }
    }
}
