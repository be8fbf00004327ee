package io.lateen.sidecar.exchange;

/** The version that the client speaks, as the access record prints it. */
public enum HttpProtocol {
    HTTP_1_0("HTTP/1.0"),
    HTTP_1_1("HTTP/1.1"),
    HTTP_2("HTTP/2");

    private final String text;

    HttpProtocol(String text) {
        this.text = text;
    }

    /** {@code HTTP/1.1}. */
    public String text() {
        return text;
    }
}
