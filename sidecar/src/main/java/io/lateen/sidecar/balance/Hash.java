package io.lateen.sidecar.balance;

/** A 64-bit hash that is the same on every sidecar and in every process. */
public final class Hash {
    private static final long BASIS = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private Hash() {}

    /** FNV-1a over the text, then the finalizer of MurmurHash3 to spread it over all bits. */
    public static long of(String text) {
        long h = BASIS;
        for (int i = 0; i < text.length(); i++) {
            h = (h ^ text.charAt(i)) * PRIME;
        }
        return mix(h);
    }

    /** The same of bytes, each a character; from {@code from} to before {@code to}. */
    public static long of(byte[] bytes, int from, int to) {
        long h = BASIS;
        for (int i = from; i < to; i++) {
            h = (h ^ (bytes[i] & 0xff)) * PRIME;
        }
        return mix(h);
    }

    /** Both, in this order. */
    public static long combine(long first, long second) {
        return mix(Long.rotateLeft(first, 1) ^ second);
    }

    static long mix(long h) {
        h = (h ^ (h >>> 33)) * 0xff51afd7ed558ccdL;
        h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return h ^ (h >>> 33);
    }
}
