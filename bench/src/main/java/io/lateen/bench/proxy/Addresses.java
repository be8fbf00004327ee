package io.lateen.bench.proxy;

import java.net.InetSocketAddress;

/** The loopback addresses of a run: a block of its own, so that a demo may stay up beside it. */
public final class Addresses {

    /** The service that is called: nginx with fixed answers. */
    public static final InetSocketAddress UPSTREAM = new InetSocketAddress("127.77.0.10", 9080);

    /** The same service by HTTP/2 in plain text, gRPC included. */
    public static final InetSocketAddress UPSTREAM_HTTP2 =
            new InetSocketAddress("127.77.0.10", 9081);

    static final String HAPROXY = "127.77.0.11";
    static final String NGINX = "127.77.0.12";
    static final InetSocketAddress GATEWAY = new InetSocketAddress("127.77.0.13", 8080);

    /** A sidecar needs an address, on which it has its standard ports: the caller's. */
    public static final String CALLING_SIDECAR = "127.77.0.14";

    /** The called workload's sidecar. */
    public static final String CALLED_SIDECAR = "127.77.0.16";

    /** Where a sidecar would ask for a certificate if its own ran out; nobody listens. */
    static final String AUTHORITY = "127.77.0.17:8060";

    /** The stock xDS server that configures the caller's sidecar. */
    static final InetSocketAddress CALLERS_CONTROL = new InetSocketAddress("127.77.0.15", 15010);

    /** The one that configures the called workload's. */
    static final InetSocketAddress CALLED_CONTROL = new InetSocketAddress("127.77.0.15", 15011);

    private Addresses() {}

    /** Where HAProxy or nginx of this {@code address} takes {@code traffic}. */
    static InetSocketAddress of(String address, Traffic traffic) {
        return new InetSocketAddress(address, traffic.port());
    }

    /** Where the second proxy of a chain takes what the first sends it. */
    static InetSocketAddress farEnd(String address) {
        return new InetSocketAddress(address, 8443);
    }

    static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
