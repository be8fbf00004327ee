package io.lateen.sidecar.balance;

/** How busy hosts are. */
public interface Outstanding {
    /** Requests and connections under way at a host, of this loop. */
    int at(int host);
}
