package io.lateen.sidecar.balance;

/** Picks one of the hosts that it was made over, by their numbers. Of one event loop. */
public interface Balancer {
    /** What is picked when there is nobody to pick. */
    int NOBODY = -1;

    /** Has nobody to pick. */
    Balancer NONE = choice -> NOBODY;

    /** A host's number, or {@link #NOBODY}. */
    int pick(Choice choice);
}
