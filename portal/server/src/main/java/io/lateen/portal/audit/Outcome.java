package io.lateen.portal.audit;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What came of an action. */
public enum Outcome {
    /** It was done. */
    @JsonProperty("allowed")
    ALLOWED,
    /** The caller may not. */
    @JsonProperty("denied")
    DENIED,
    /** It was tried and did not work, or was not valid. */
    @JsonProperty("failed")
    FAILED
}
