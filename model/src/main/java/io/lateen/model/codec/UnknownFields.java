package io.lateen.model.codec;

/** What happens to fields that a kind does not have; Kubernetes' {@code fieldValidation}. */
public enum UnknownFields {
    /** They are violations. */
    REFUSED,
    /** They are left out, with a warning for each. */
    WARNED_OF,
    /** They are left out. */
    IGNORED
}
