package io.lateen.model.service;

/** Whether an endpoint may be sent traffic. */
public enum Health {
    /** Takes traffic. */
    HEALTHY,
    /** Takes none until it recovers. */
    UNHEALTHY,
    /** Finishes what it has and takes nothing new. */
    DRAINING
}
