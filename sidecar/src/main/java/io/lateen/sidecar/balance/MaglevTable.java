package io.lateen.sidecar.balance;

import java.util.Arrays;

/**
 * Consistent hashing by Maglev's lookup table (Eisenbud et al., NSDI 2016, §3.4): each host fills
 * the table along its own permutation, in turns by weight. A pick is O(1).
 */
final class MaglevTable implements Balancer {
    private final int[] table;

    MaglevTable(Group group, int size) {
        table = new int[size];
        Arrays.fill(table, NOBODY);
        int count = group.size();
        long[] offset = new long[count];
        long[] skip = new long[count];
        long[] next = new long[count];
        double[] target = new double[count];
        double heaviest = 1;
        for (int i = 0; i < count; i++) {
            long hash = Hash.of(group.names()[i]);
            offset[i] = Long.remainderUnsigned(hash, size);
            skip[i] = Long.remainderUnsigned(Hash.mix(hash ^ 0x9e3779b97f4a7c15L), size - 1L) + 1;
            heaviest = Math.max(heaviest, (double) group.weights()[i]);
        }
        int filled = 0;
        for (int turn = 1; filled < size; turn++) {
            for (int i = 0; i < count && filled < size; i++) {
                // Lighter hosts sit out turns, in proportion.
                if ((double) turn * group.weights()[i] < target[i]) {
                    continue;
                }
                target[i] += heaviest;
                int slot = (int) ((offset[i] + skip[i] * next[i]) % size);
                while (table[slot] >= 0) {
                    next[i]++;
                    slot = (int) ((offset[i] + skip[i] * next[i]) % size);
                }
                table[slot] = group.hosts()[i];
                next[i]++;
                filled++;
            }
        }
    }

    @Override
    public int pick(Choice choice) {
        return table[(int) Long.remainderUnsigned(choice.point(), table.length)];
    }
}
