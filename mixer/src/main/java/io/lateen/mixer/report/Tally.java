package io.lateen.mixer.report;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was counted of one edge by one reporter in some time: a slot's own, or the sum of several.
 * Of fixed size: codes beyond the sixteenth are counted together. Not thread-safe: its holder
 * guards it.
 */
public final class Tally {
    /** The code under which those are counted that find no room. */
    public static final int OTHER_CODE = -2;

    private static final int CODES = 16;

    private final int[] latencies = new int[LatencyBuckets.COUNT];
    private final short[] codes = new short[CODES];
    private final int[] codeCounts = new int[CODES];
    private int codesUsed;
    private int mutual;
    private int plain;
    private int unknown;
    private long bytesSent;
    private long bytesReceived;

    /** One more call. */
    void add(Call.Outcome outcome) {
        addCode(outcome.code(), 1);
        if (outcome.latencyMicros() >= 0) {
            latencies[LatencyBuckets.of(outcome.latencyMicros())]++;
        }
        switch (outcome.security()) {
            case MUTUAL_TLS -> mutual++;
            case NONE -> plain++;
            case UNKNOWN -> unknown++;
        }
        bytesSent += outcome.bytesSent();
        bytesReceived += outcome.bytesReceived();
    }

    /** Adds what another has counted. */
    public void add(Tally other) {
        for (int i = 0; i < other.codesUsed; i++) {
            addCode(other.codes[i], other.codeCounts[i]);
        }
        for (int bucket = 0; bucket < latencies.length; bucket++) {
            latencies[bucket] += other.latencies[bucket];
        }
        mutual += other.mutual;
        plain += other.plain;
        unknown += other.unknown;
        bytesSent += other.bytesSent;
        bytesReceived += other.bytesReceived;
    }

    private void addCode(int code, int count) {
        for (int i = 0; i < codesUsed; i++) {
            if (codes[i] == code) {
                codeCounts[i] += count;
                return;
            }
        }
        if (codesUsed < CODES - 1 || (codesUsed < CODES && code == OTHER_CODE)) {
            codes[codesUsed] = (short) code;
            codeCounts[codesUsed++] = count;
        } else {
            addCode(OTHER_CODE, count);
        }
    }

    /** How many calls: requests, or raw connections. */
    public long calls() {
        return (long) mutual + plain + unknown;
    }

    /** Calls whose connection was secured by certificates of both sides. */
    public long mutual() {
        return mutual;
    }

    /** Calls whose connection was not. */
    public long plain() {
        return plain;
    }

    /** Bytes to the caller. */
    public long bytesSent() {
        return bytesSent;
    }

    /** Bytes from the caller. */
    public long bytesReceived() {
        return bytesReceived;
    }

    /** Calls by code; without those that have none. */
    public Map<Integer, Long> codes() {
        Map<Integer, Long> counts = new TreeMap<>();
        for (int i = 0; i < codesUsed; i++) {
            if (codes[i] != Call.NO_CODE) {
                counts.put((int) codes[i], (long) codeCounts[i]);
            }
        }
        return counts;
    }

    /** Calls by {@link LatencyBuckets bucket}. */
    public long[] latencies() {
        return Arrays.stream(latencies).asLongStream().toArray();
    }

    /** The counts as numbers, for a snapshot; {@link #of} reads them. */
    public long[] numbers() {
        int used = 0;
        for (int count : latencies) {
            used += count == 0 ? 0 : 1;
        }
        long[] numbers = new long[6 + 2 * codesUsed + 2 * used];
        int at = 0;
        for (long each : new long[] {mutual, plain, unknown, bytesSent, bytesReceived, codesUsed}) {
            numbers[at++] = each;
        }
        for (int i = 0; i < codesUsed; i++) {
            numbers[at++] = codes[i];
            numbers[at++] = codeCounts[i];
        }
        for (int bucket = 0; bucket < latencies.length; bucket++) {
            if (latencies[bucket] != 0) {
                numbers[at++] = bucket;
                numbers[at++] = latencies[bucket];
            }
        }
        return numbers;
    }

    /**
     * Reads {@link #numbers}.
     *
     * @throws IllegalArgumentException when they are none
     */
    public static Tally of(long[] numbers) {
        if (numbers.length < 6
                || numbers.length % 2 != 0
                || numbers[5] < 0
                || numbers[5] > CODES
                || numbers.length < 6 + 2 * numbers[5]) {
            throw new IllegalArgumentException("no tally: " + numbers.length + " numbers");
        }
        Tally tally = new Tally();
        tally.mutual = (int) numbers[0];
        tally.plain = (int) numbers[1];
        tally.unknown = (int) numbers[2];
        tally.bytesSent = numbers[3];
        tally.bytesReceived = numbers[4];
        int at = 6;
        for (int i = 0; i < numbers[5]; i++) {
            tally.addCode((int) numbers[at++], (int) numbers[at++]);
        }
        while (at < numbers.length) {
            int bucket = (int) numbers[at++];
            if (bucket < 0 || bucket >= LatencyBuckets.COUNT) {
                throw new IllegalArgumentException("no bucket: " + bucket);
            }
            tally.latencies[bucket] += (int) numbers[at++];
        }
        return tally;
    }
}
