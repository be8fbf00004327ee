package io.lateen.testkit.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Loopback addresses of a test's own, so that standard ports are free on each: one block of
 * 127.0.0.0/8 per process, handed out once.
 */
public final class LoopbackAddresses {

    /** Blocks from 127.64 up belong to tests; a demo uses those below. */
    private static final int FIRST_BLOCK = 64;

    private static final int BLOCKS = 160;
    private static final int LAST_OCTET = 250;

    private static final AtomicInteger next = new AtomicInteger();

    private LoopbackAddresses() {}

    /** An address that no other test of this process has, and none of another process likely. */
    public static String next() {
        int index = next.getAndIncrement();
        long pid = ProcessHandle.current().pid();
        int block = FIRST_BLOCK + (int) (pid % BLOCKS);
        int third = (int) (pid / BLOCKS % LAST_OCTET);
        return "127.%d.%d.%d"
                .formatted(
                        block, (third + index / LAST_OCTET) % LAST_OCTET, 1 + index % LAST_OCTET);
    }

    /** A port that is free on {@code address} at the time of the call. */
    public static int freePort(String address) {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(address))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
