package io.lateen.sidecar.plan;

/**
 * That connections to a socket begin with a header of the PROXY protocol, which says whose they are
 * (Envoy: {@code envoy.filters.listener.proxy_protocol}).
 *
 * @param required whether connections without one are closed; else they are taken as their own
 * @param version1 whether the form in text is taken
 * @param version2 whether the binary form is taken
 */
public record ProxyHeaders(boolean required, boolean version1, boolean version2) {

    /** Of both versions, on every connection. */
    public static final ProxyHeaders REQUIRED = new ProxyHeaders(true, true, true);

    /** Of both versions, where a connection has one. */
    public static final ProxyHeaders OPTIONAL = new ProxyHeaders(false, true, true);

    /** Whether a version is taken. */
    public boolean takes(int version) {
        return version == 1 ? version1 : version2;
    }
}
