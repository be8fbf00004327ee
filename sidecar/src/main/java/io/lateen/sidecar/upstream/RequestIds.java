package io.lateen.sidecar.upstream;

import java.util.random.RandomGenerator;

/** Makes request ids: random UUIDs (version 4) as bytes, without the detour over a String. */
final class RequestIds {
    private static final byte[] HEX = {
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
    };

    private final RandomGenerator random;
    private final byte[] text = new byte[36];

    RequestIds(RandomGenerator random) {
        this.random = random;
    }

    /** The next id; the array is used again for the one after it. */
    byte[] next() {
        long high = (random.nextLong() & ~0xF000L) | 0x4000L;
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        hex(high >>> 32, 0, 8);
        text[8] = '-';
        hex(high >>> 16, 9, 4);
        text[13] = '-';
        hex(high, 14, 4);
        text[18] = '-';
        hex(low >>> 48, 19, 4);
        text[23] = '-';
        hex(low, 24, 12);
        return text;
    }

    private void hex(long value, int at, int digits) {
        for (int i = digits - 1; i >= 0; i--) {
            text[at + i] = HEX[(int) (value & 15)];
            value >>>= 4;
        }
    }
}
