package io.lateen.manager.store;

/**
 * One entry of {@code status.conditions}, as Kubernetes shapes them.
 *
 * @param type what is told, {@code Programmed}
 * @param status whether it is so
 * @param reason one word in CamelCase
 * @param message one sentence
 * @param observedGeneration the generation of the resource that it is told of
 */
public record Condition(
        String type, Truth status, String reason, String message, long observedGeneration) {

    /** Kubernetes' three answers. */
    public enum Truth {
        TRUE("True"),
        FALSE("False"),
        UNKNOWN("Unknown");

        private final String text;

        Truth(String text) {
            this.text = text;
        }

        /** As it is written in a status. */
        public String text() {
            return text;
        }
    }
}
