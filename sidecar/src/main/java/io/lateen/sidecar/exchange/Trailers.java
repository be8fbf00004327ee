package io.lateen.sidecar.exchange;

import org.jspecify.annotations.Nullable;

/** What trailers may not say, since it had to be known before the body (RFC 9110 §6.5.1). */
public final class Trailers {
    private static final HeaderName[] FORBIDDEN = {
        HeaderName.CONTENT_LENGTH,
        HeaderName.TRANSFER_ENCODING,
        HeaderName.HOST,
        HeaderName.CONNECTION,
        HeaderName.TE,
        HeaderName.TRAILER,
        HeaderName.AUTHORIZATION,
        HeaderName.COOKIE,
        HeaderName.SET_COOKIE,
        HeaderName.UPGRADE,
        HeaderName.EXPECT
    };

    private Trailers() {}

    /** The first of these trailers that may not be one; null when all may. */
    public static @Nullable HeaderName forbidden(Fields trailers) {
        for (HeaderName name : FORBIDDEN) {
            if (trailers.has(name)) {
                return name;
            }
        }
        return null;
    }
}
