package io.lateen.sidecar.upstream;

import java.util.Arrays;

/**
 * Consistent hashing by Maglev's lookup table (Eisenbud et al., NSDI 2016, §3.4): each endpoint
 * fills the table along its own permutation, in turns by weight.
 */
final class MaglevTable implements Balancer {
    private final Endpoint[] endpoints;
    private final int[] table;

    MaglevTable(Endpoint[] endpoints, int size) {
        this.endpoints = endpoints;
        table = new int[size];
        Arrays.fill(table, -1);
        int count = endpoints.length;
        long[] offset = new long[count];
        long[] skip = new long[count];
        long[] next = new long[count];
        double[] target = new double[count];
        int heaviest = 1;
        for (int i = 0; i < count; i++) {
            long hash = Hash.of(Addresses.text(endpoints[i].address()));
            offset[i] = Long.remainderUnsigned(hash, size);
            skip[i] = Long.remainderUnsigned(Hash.mix(hash ^ 0x9e3779b97f4a7c15L), size - 1L) + 1;
            heaviest = Math.max(heaviest, endpoints[i].weight());
        }
        int filled = 0;
        for (int turn = 1; filled < size; turn++) {
            for (int i = 0; i < count && filled < size; i++) {
                // Lighter endpoints sit out turns, in proportion.
                if ((double) turn * endpoints[i].weight() < target[i]) {
                    continue;
                }
                target[i] += heaviest;
                int slot = (int) ((offset[i] + skip[i] * next[i]) % size);
                while (table[slot] >= 0) {
                    next[i]++;
                    slot = (int) ((offset[i] + skip[i] * next[i]) % size);
                }
                table[slot] = i;
                next[i]++;
                filled++;
            }
        }
    }

    @Override
    public Endpoint pick(Choice choice) {
        return endpoints[table[(int) Long.remainderUnsigned(choice.point(), table.length)]];
    }
}
