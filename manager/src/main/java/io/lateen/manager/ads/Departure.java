package io.lateen.manager.ads;

/** How a stream ended. */
public enum Departure {
    /** The proxy said goodbye: it closed its side of the stream. */
    CLEAN,
    /** The connection broke: the proxy is gone, or comes back here or to another manager. */
    BROKEN
}
