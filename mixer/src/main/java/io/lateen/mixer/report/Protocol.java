package io.lateen.mixer.report;

/** What was spoken on an edge. */
public enum Protocol {
    HTTP("http"),
    GRPC("grpc"),
    TCP("tcp");

    private final String word;

    Protocol(String word) {
        this.word = word;
    }

    /** As it is written in a graph. */
    public String word() {
        return word;
    }

    /** The protocol that is written so; TCP if there is none. */
    public static Protocol of(String word) {
        for (Protocol protocol : values()) {
            if (protocol.word.equals(word)) {
                return protocol;
            }
        }
        return TCP;
    }
}
