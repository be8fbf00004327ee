package io.lateen.bench.load;

import java.net.InetSocketAddress;

/**
 * Where requests go.
 *
 * @param address what the load generator connects to
 * @param authority the Host header: the name of the service that is asked for
 */
public record Target(InetSocketAddress address, String authority) {}
