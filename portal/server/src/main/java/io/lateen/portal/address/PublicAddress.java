package io.lateen.portal.address;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The portal's address as browsers know it. With {@code https} cookies are {@code Secure} and one
 * origin alone is ours. Plain {@code http} is for a laptop: it is accepted on loopback addresses
 * alone, whichever of them and whichever port the browser uses.
 *
 * @param url scheme, host and port
 */
public record PublicAddress(URI url) {
    private static final Pattern LOOPBACK =
            Pattern.compile("(127(\\.\\d{1,3}){3}|localhost|\\[::1])(:\\d{1,5})?");

    /** Refuses what is no address of a portal. */
    public PublicAddress {
        boolean https = "https".equals(url.getScheme());
        boolean http = "http".equals(url.getScheme());
        boolean bare = url.getRawPath() == null || url.getRawPath().matches("/?");
        if (!(https || http) || url.getHost() == null || !bare || url.getRawQuery() != null) {
            throw new IllegalArgumentException(
                    "lateen.portal.public-url: found '"
                            + url
                            + "', expected https://host[:port] without a path");
        }
        if (http && !LOOPBACK.matcher(url.getRawAuthority()).matches()) {
            throw new IllegalArgumentException(
                    "lateen.portal.public-url: found '"
                            + url
                            + "', expected https; plain http is for loopback addresses: sessions"
                            + " would travel unencrypted");
        }
    }

    /** Whether browsers come over TLS. */
    public boolean isSecure() {
        return "https".equals(url.getScheme());
    }

    /**
     * The session cookie's name; {@code __Host-} keeps other hosts of the domain from setting it.
     */
    public String cookieName() {
        return isSecure() ? "__Host-lateen" : "lateen";
    }

    /** Scheme, host and port, as browsers write it in {@code Origin}. */
    public String origin() {
        return url.getScheme() + "://" + url.getRawAuthority().toLowerCase(Locale.ROOT);
    }

    /**
     * Whether a request comes from a page of ours.
     *
     * @param origin the header {@code Origin}
     * @param host the header {@code Host}
     */
    public boolean isOurs(String origin, @Nullable String host) {
        if (isSecure()) {
            return origin.equals(origin());
        }
        return host != null && isLoopback(host) && origin.equals("http://" + host);
    }

    private static boolean isLoopback(String authority) {
        return LOOPBACK.matcher(authority.toLowerCase(Locale.ROOT)).matches();
    }
}
