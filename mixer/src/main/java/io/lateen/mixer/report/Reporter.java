package io.lateen.mixer.report;

/** Which side of a call has reported it. Both do where both have a sidecar. */
public enum Reporter {
    /** The caller's: it also knows of calls that never arrived. */
    SOURCE("source"),
    /** The callee's: it knows how the connection was secured. */
    DESTINATION("destination");

    private final String word;

    Reporter(String word) {
        this.word = word;
    }

    /** As Istio's metrics name it. */
    public String word() {
        return word;
    }

    /** The reporter that is written so; the source if there is none. */
    public static Reporter of(String word) {
        return DESTINATION.word.equals(word) ? DESTINATION : SOURCE;
    }
}
