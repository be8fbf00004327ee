package io.lateen.sidecar.exchange;

/** Told about every raw TCP connection that the sidecar carries. One per loop. */
public interface ConnectionObserver {
    /** The route is known and the upstream is connected (or has failed: {@code ended} follows). */
    void opened(TcpFlow flow);

    /** Both directions are closed; the flow's counters are final. */
    void ended(TcpFlow flow);
}
