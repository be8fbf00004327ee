package io.lateen.sidecar.upstream;

/** A 64-bit hash that is the same on every sidecar and in every process. */
final class Hash {
    private Hash() {}

    /** FNV-1a over the text, then the finalizer of MurmurHash3 to spread it over all bits. */
    static long of(String text) {
        long h = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            h = (h ^ text.charAt(i)) * 0x100000001b3L;
        }
        return mix(h);
    }

    /** Both, in this order. */
    static long combine(long first, long second) {
        return mix(Long.rotateLeft(first, 1) ^ second);
    }

    static long mix(long h) {
        h = (h ^ (h >>> 33)) * 0xff51afd7ed558ccdL;
        h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return h ^ (h >>> 33);
    }
}
