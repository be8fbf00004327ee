package io.lateen.sidecar.plan;

/**
 * Holds the plan in force: the one place where configuration meets traffic.
 *
 * <p>Written by the configuration thread, read by every event loop; a volatile reference is all the
 * protection that an immutable value needs. A request reads it once, at its head, so that no
 * request ever sees parts of two plans.
 */
public final class LivePlan {

    private volatile Plan current = Plan.EMPTY;

    /** The plan in force; {@link Plan#EMPTY} until the first one is published. */
    public Plan current() {
        return current;
    }

    /** Puts {@code plan} into force for every request whose head arrives from now on. */
    public void publish(Plan plan) {
        current = plan;
    }
}
