package io.lateen.sidecar.upstream;

/** Makes connections to endpoints; implemented where pipelines are put together. */
public interface Connector {
    /** What is spoken on a connection. */
    enum Speech {
        HTTP1,
        HTTP2
    }

    /** Connects on the worker's loop; {@code outcome} is told there, later. */
    void connect(Worker worker, Dialer.Target target, Speech speech, Outcome outcome);

    /**
     * Connects on the worker's loop for bytes of any kind; {@code outcome} is told there, later.
     */
    void dial(Worker worker, Dialer.Target target, Dialer.Outcome outcome);

    /** What became of it. */
    interface Outcome {
        /** The connection, ready for requests. */
        void connected(UpstreamConnection connection);

        /** There is none, and why. */
        void failed(String reason);

        /** The connection takes a request again, or more of them. */
        void available(UpstreamConnection connection);

        /** The connection is gone. */
        void closed(UpstreamConnection connection);
    }
}
