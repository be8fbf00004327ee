package io.lateen.sidecar.exchange;

/**
 * One step of a route before the request is sent on. Composed once, when the plan is compiled;
 * shared by all loops, so it holds no state of a request.
 */
@FunctionalInterface
public interface RequestFilter {
    /** Looks at or edits the request; called on its event loop and must not block. */
    Step apply(Exchange exchange);
}
