package io.lateen.manager.api.status;

/**
 * One reason among several.
 *
 * @param reason Kubernetes' word, {@code FieldValueInvalid}
 * @param message for people
 * @param field where; empty when it is about no field
 */
public record Cause(String reason, String message, String field) {

    /** A field that is not as it should be. */
    public static Cause invalid(String field, String message) {
        return new Cause("FieldValueInvalid", message, field);
    }
}
