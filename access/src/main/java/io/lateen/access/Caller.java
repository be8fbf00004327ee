package io.lateen.access;

import jakarta.servlet.ServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who makes a request, once the token has been checked.
 *
 * @param actor the name for histories and audits
 * @param grants what it may do and where; none means that it may do nothing
 */
public record Caller(String actor, List<Grant> grants) {
    private static final String ATTRIBUTE = Caller.class.getName();

    public Caller {
        grants = List.copyOf(grants);
    }

    /** A caller with one role everywhere. */
    public Caller(String actor, Role role) {
        this(actor, List.of(Grant.everywhere(role)));
    }

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

    /**
     * Whether it has a role in a namespace.
     *
     * @param namespace empty for what lies in no namespace
     */
    public boolean may(Role needed, String namespace) {
        return grants.stream()
                .anyMatch(grant -> grant.role().covers(needed) && grant.holdsIn(namespace));
    }

    /** Whether it has a role in every namespace and outside of them. */
    public boolean mayEverywhere(Role needed) {
        return may(needed, "");
    }

    /**
     * Whether it has a role in one namespace at least: what is asked for before the place is known.
     */
    public boolean maySomewhere(Role needed) {
        return grants.stream().anyMatch(grant -> grant.role().covers(needed));
    }

    /** The namespaces that it may read; empty if every one. */
    public Optional<Set<String>> readable() {
        if (mayEverywhere(Role.VIEWER)) {
            return Optional.empty();
        }
        return Optional.of(
                grants.stream()
                        .flatMap(grant -> grant.namespaces().stream())
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /**
     * Why it may not do something in a namespace; empty if it may.
     *
     * @param namespace empty for what lies in no namespace
     */
    public Optional<String> denial(Role needed, String namespace) {
        return may(needed, namespace)
                ? Optional.empty()
                : Optional.of(
                        found()
                                + ", expected "
                                + needed.word()
                                + (namespace.isEmpty()
                                        ? " everywhere: this lies in no single namespace"
                                        : " in " + namespace));
    }

    /** {@code ada is viewer everywhere, operator in default}. */
    public String found() {
        return actor
                + " is "
                + (grants.isEmpty()
                        ? "nothing here"
                        : grants.stream().map(Grant::toString).collect(Collectors.joining(", ")));
    }
}
