package io.lateen.manager.ads;

import java.util.Map;
import java.util.TreeMap;

/**
 * One version for a set of resources: a hash over names and versions, in the order of the names, so
 * that every manager computes the same one.
 */
final class SetVersion {

    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private SetVersion() {}

    /** The version of the set with these names and versions (FNV-1a, 64 bits, in hex). */
    static String of(Map<String, String> versions) {
        long hash = OFFSET;
        for (Map.Entry<String, String> entry : new TreeMap<>(versions).entrySet()) {
            hash = mix(mix(hash, entry.getKey()), entry.getValue());
        }
        return Long.toHexString(hash);
    }

    private static long mix(long before, String text) {
        long hash = before;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * PRIME;
        }
        // A separator, so that "ab","c" and "a","bc" differ.
        return (hash ^ 0xffff) * PRIME;
    }
}
