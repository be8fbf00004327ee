package io.lateen.cli.demo;

import io.lateen.cli.workload.LoopbackAddresses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A port of 127.0.0.1 that nobody needs to know beforehand. */
final class FreePort {

    private FreePort() {}

    /** {@code port} if it is free, else any. */
    static int preferring(int port) throws IOException {
        if (LoopbackAddresses.isFree("127.0.0.1", port)) {
            return port;
        }
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
