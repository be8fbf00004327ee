package io.lateen.sidecar.filter.authz;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The addresses that begin with the same bits: {@code 10.1.0.0/16}. */
public final class AddressRange {

    private final byte[] prefix;
    private final int bits;

    private AddressRange(byte[] prefix, int bits) {
        this.prefix = prefix;
        this.bits = bits;
    }

    /**
     * A range.
     *
     * @param bits how many of the address's bits count; beyond its length all of them do
     * @return null when {@code address} is none
     */
    public static @Nullable AddressRange of(String address, int bits) {
        byte[] octets = NetUtil.createByteArrayFromIpAddressString(address);
        return octets == null || bits < 0
                ? null
                : new AddressRange(octets, Math.min(bits, octets.length * 8));
    }

    /** How many bits count. */
    public int bits() {
        return bits;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AddressRange range
                && bits == range.bits
                && Arrays.equals(prefix, range.prefix);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(prefix) + bits;
    }

    /** An address of a text, which is looked up nowhere; null when it is none. */
    public static @Nullable InetAddress parse(String text) {
        byte[] octets = NetUtil.createByteArrayFromIpAddressString(text);
        if (octets == null) {
            return null;
        }
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of four or sixteen bytes is one", e);
        }
    }

    /** Whether an address is one of them; an address that is not known is not. */
    public boolean contains(@Nullable InetAddress address) {
        if (address == null) {
            return false;
        }
        byte[] octets = address.getAddress();
        if (octets.length != prefix.length) {
            return false;
        }
        int whole = bits / 8;
        int rest = bits % 8;
        if (!Arrays.equals(octets, 0, whole, prefix, 0, whole)) {
            return false;
        }
        int mask = 0xFF << (8 - rest);
        return rest == 0 || (octets[whole] & mask) == (prefix[whole] & mask);
    }
}
