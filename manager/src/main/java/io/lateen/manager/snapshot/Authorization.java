package io.lateen.manager.snapshot;

import io.lateen.model.resource.Resource;
import java.util.List;

/**
 * The AuthorizationPolicies that one workload is under, in order.
 *
 * @param deny of which none may match a call
 * @param allow of which one must match, unless there are none
 */
public record Authorization(List<Resource> deny, List<Resource> allow) {

    /** Everything is allowed. */
    public static final Authorization NONE = new Authorization(List.of(), List.of());

    /** Copies the lists. */
    public Authorization {
        deny = List.copyOf(deny);
        allow = List.copyOf(allow);
    }
}
