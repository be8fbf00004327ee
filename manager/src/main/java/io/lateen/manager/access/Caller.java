package io.lateen.manager.access;

import jakarta.servlet.ServletRequest;

/**
 * Who makes a request, once the token has been checked.
 *
 * @param actor the name for the history
 */
public record Caller(String actor, Role role) {
    private static final String ATTRIBUTE = Caller.class.getName();

    /**
     * The caller of a request that has passed the filter.
     *
     * @throws IllegalStateException when the request has not passed it
     */
    public static Caller of(ServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Caller caller) {
            return caller;
        }
        throw new IllegalStateException("found a request that did not pass the access filter");
    }

    void attachTo(ServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }
}
