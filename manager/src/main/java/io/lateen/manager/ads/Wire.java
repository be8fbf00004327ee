package io.lateen.manager.ads;

/**
 * The way to one client: the part of a stream that differs between delta and state-of-the-world.
 */
interface Wire {

    /**
     * Sends {@code difference}.
     *
     * @return how many bytes went out; none when the protocol has no words for it (a name that does
     *     not exist, in state-of-the-world): then there will be no answer either
     */
    long send(ResourceType type, Difference difference, Push target, String nonce);

    /** Learns that the client agreed to, or refused, the last response of {@code type}. */
    void answered(ResourceType type, boolean accepted);

    /** Says that every proxy goes by this one's absence, if the protocol has a word for it. */
    void withdrawn();
}
