package io.lateen.sidecar.balance;

/**
 * Hosts that one algorithm picks among.
 *
 * @param hosts their numbers, at least one
 * @param weights their shares, at least 1 each
 * @param names by which consistent hashing tells them apart, the same on every sidecar
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Group(int[] hosts, long[] weights, String[] names) {

    int size() {
        return hosts.length;
    }

    boolean equalWeights() {
        for (long weight : weights) {
            if (weight != weights[0]) {
                return false;
            }
        }
        return true;
    }
}
