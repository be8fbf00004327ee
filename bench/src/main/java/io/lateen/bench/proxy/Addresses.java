package io.lateen.bench.proxy;

import java.net.InetSocketAddress;

/** The loopback addresses of a run: a block of its own, so that a demo may stay up beside it. */
public final class Addresses {

    /** The service that is called: nginx with fixed answers. */
    public static final InetSocketAddress UPSTREAM = new InetSocketAddress("127.77.0.10", 9080);

    static final InetSocketAddress HAPROXY = new InetSocketAddress("127.77.0.11", 8080);
    static final InetSocketAddress NGINX = new InetSocketAddress("127.77.0.12", 8080);
    static final InetSocketAddress GATEWAY = new InetSocketAddress("127.77.0.13", 8080);

    /** A sidecar needs an address, on which it has its standard ports. */
    public static final String SIDECAR = "127.77.0.14";

    /** The stock xDS server that configures the sidecar. */
    public static final InetSocketAddress CONTROL_PLANE =
            new InetSocketAddress("127.77.0.15", 15010);

    private Addresses() {}

    static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
