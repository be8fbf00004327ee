package io.lateen.sidecar.filter.limit;

/**
 * SipHash-2-4 of a key's bytes under secrets of this process: 64 bits that no caller can foresee,
 * so that nobody can choose a value that is taken for another one's.
 */
final class Fingerprint {
    private final long secret0;
    private final long secret1;

    Fingerprint(long secret0, long secret1) {
        this.secret0 = secret0;
        this.secret1 = secret1;
    }

    /**
     * Goes on with one more value of a key.
     *
     * @param before of the values so far; 0 for none
     */
    long of(long before, byte[] bytes, int from, int to) {
        long v0 = secret0 ^ 0x736f6d6570736575L;
        long v1 = secret1 ^ before ^ 0x646f72616e646f6dL;
        long v2 = secret0 ^ 0x6c7967656e657261L;
        long v3 = secret1 ^ before ^ 0x7465646279746573L;
        int length = to - from;
        int at = from;
        for (; at + 8 <= to; at += 8) {
            long m = word(bytes, at, 8);
            v3 ^= m;
            for (int round = 0; round < 2; round++) {
                v0 += v1;
                v1 = Long.rotateLeft(v1, 13) ^ v0;
                v0 = Long.rotateLeft(v0, 32);
                v2 += v3;
                v3 = Long.rotateLeft(v3, 16) ^ v2;
                v0 += v3;
                v3 = Long.rotateLeft(v3, 21) ^ v0;
                v2 += v1;
                v1 = Long.rotateLeft(v1, 17) ^ v2;
                v2 = Long.rotateLeft(v2, 32);
            }
            v0 ^= m;
        }
        long last = word(bytes, at, to - at) | (long) length << 56;
        v3 ^= last;
        for (int round = 0; round < 6; round++) {
            if (round == 2) {
                v0 ^= last;
                v2 ^= 0xff;
            }
            v0 += v1;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v3;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 += v3;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 += v1;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v2 = Long.rotateLeft(v2, 32);
        }
        long hash = v0 ^ v1 ^ v2 ^ v3;
        return hash == 0 ? 1 : hash;
    }

    private static long word(byte[] bytes, int at, int count) {
        long word = 0;
        for (int i = 0; i < count; i++) {
            word |= (bytes[at + i] & 0xffL) << (8 * i);
        }
        return word;
    }
}
