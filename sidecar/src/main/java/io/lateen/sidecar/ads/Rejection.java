package io.lateen.sidecar.ads;

/**
 * Why one resource is not accepted.
 *
 * @param resource its name
 * @param reason the field and what is wrong with it
 */
public record Rejection(String resource, String reason) {

    /** As it stands in the NACK. */
    public String message() {
        return resource + ": " + reason;
    }
}
