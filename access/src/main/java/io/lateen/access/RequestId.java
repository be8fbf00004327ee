package io.lateen.access;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;

/**
 * The name of a request across programs, header {@code x-request-id}: one that came is kept, so
 * that the portal's audit and a program's history name the same.
 */
public final class RequestId {
    /** The header that carries it, in requests and answers. */
    public static final String HEADER = "x-request-id";

    private static final String ATTRIBUTE = RequestId.class.getName();
    private static final int LONGEST = 128;

    private RequestId() {}

    /** The id of a request that has passed the filter. */
    public static String of(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof String id ? id : "";
    }

    /** Keeps the id that a request brings, if it is one, or gives it one. */
    static String attachTo(HttpServletRequest request) {
        String brought = request.getHeader(HEADER);
        String id = brought != null && fits(brought) ? brought : UUID.randomUUID().toString();
        request.setAttribute(ATTRIBUTE, id);
        return id;
    }

    /** It ends up in logs and headers: visible ASCII, and not much of it. */
    private static boolean fits(String id) {
        return !id.isEmpty()
                && id.length() <= LONGEST
                && id.chars().allMatch(letter -> letter > ' ' && letter < 0x7f);
    }
}
