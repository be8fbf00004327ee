package io.lateen.mixer.grpc;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Refuses plaintext where others could read it. */
final class Plaintext {
    private Plaintext() {}

    /**
     * Makes sure that an address is one of this machine alone.
     *
     * @param setting the name of the setting that holds it
     * @param way the setting that would let it be another
     * @throws IllegalArgumentException when it is not
     */
    static void requireLoopback(String setting, String address, String way) {
        try {
            if (!InetAddress.getByName(address).isLoopbackAddress()) {
                throw new IllegalArgumentException(
                        setting
                                + ": found "
                                + address
                                + ", expected a loopback address, because nothing is encrypted"
                                + " there; see "
                                + way);
            }
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(
                    setting + ": found " + address + ", expected an address of this machine", e);
        }
    }
}
