package io.lateen.cli.workload;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;

/** Which loopback addresses and ports are free on this host. */
public final class LoopbackAddresses {

    /** The ports that a sidecar takes on its workload's address. */
    public static final List<Integer> SIDECAR_PORTS = List.of(15000, 15001, 15006, 15021, 15090);

    private static final int LAST_OCTET = 250;

    private LoopbackAddresses() {}

    /** Whether nothing listens on {@code port} of {@code address}. */
    public static boolean isFree(String address, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(address), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** The first of a sidecar's ports and {@code port} that is taken on {@code address}. */
    public static Optional<Integer> firstTaken(String address, int port) {
        return java.util.stream.Stream.concat(
                        SIDECAR_PORTS.stream(), java.util.stream.Stream.of(port))
                .filter(candidate -> !isFree(address, candidate))
                .findFirst();
    }

    /**
     * An address on which a workload with {@code port} can run, of 127.0.2.1 to 127.0.2.250: those
     * below belong to the demo.
     */
    public static Optional<String> firstFreeFor(int port) {
        for (int last = 1; last <= LAST_OCTET; last++) {
            String address = "127.0.2." + last;
            if (firstTaken(address, port).isEmpty()) {
                return Optional.of(address);
            }
        }
        return Optional.empty();
    }
}
