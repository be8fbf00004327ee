package io.lateen.sidecar.exchange;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** A response that the sidecar makes itself: a redirect, a direct response, a CORS preflight. */
@SuppressWarnings("ArrayRecordComponent") // written as they are, never compared
public record LocalReply(int status, List<Header> headers, byte[] body) {

    /** Copies the headers; the body is not copied and must not be changed. */
    public LocalReply {
        headers = List.copyOf(headers);
    }

    /** One header line of a reply. */
    @SuppressWarnings("ArrayRecordComponent") // written as they are, never compared
    public record Header(HeaderName name, byte[] value) {
        /** A header from text. */
        public static Header of(HeaderName name, String value) {
            return new Header(name, value.getBytes(StandardCharsets.ISO_8859_1));
        }
    }
}
