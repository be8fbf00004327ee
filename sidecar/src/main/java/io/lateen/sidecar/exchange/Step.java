package io.lateen.sidecar.exchange;

/** What a filter decided. */
public enum Step {
    /** The next filter, or the upstream. */
    CONTINUE,
    /** The filter called {@link Exchange#resumeAfter}, or resumes the exchange itself later. */
    PAUSED,
    /** The filter ended the exchange with {@link Exchange#fail} or {@link Exchange#answer}. */
    ENDED
}
