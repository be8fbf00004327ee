package io.lateen.manager.ads;

/** What a push sequencer tells of its progress. Called on the stream's own turn. */
interface PushListener {

    /** A response went out. */
    void sent(ResourceType type, int resources, long bytes);

    /** A response was agreed to. */
    void accepted(ResourceType type);

    /** A response was refused. */
    void rejected(ResourceType type, Rejection rejection);

    /** The client holds all of {@code push} that it asked for, and has asked for listeners. */
    void inForce(Push push);

    /** The client holds all endpoints of {@code push} that it asked for. */
    void endpointsKnown(Push push);

    /** The client has not answered a response in time: its stream is to be ended. */
    void unresponsive(ResourceType type);
}
