package io.lateen.sidecar.balance;

import java.util.random.RandomGenerator;

/**
 * One after the other. Weights by earliest deadline first, as in Envoy: a host's turns come in
 * steps of one by its weight, the host whose turn is due first is next, kept in a heap: O(log n).
 * Starts anywhere, so that many sidecars do not march in step.
 */
final class RoundRobin implements Balancer {
    private final int[] hosts;
    private final boolean equal;
    private final double[] step;
    private final double[] due;
    private final int[] heap;
    private int next;

    RoundRobin(Group group, RandomGenerator random) {
        hosts = group.hosts();
        equal = group.equalWeights();
        next = random.nextInt(hosts.length);
        step = new double[hosts.length];
        due = new double[hosts.length];
        heap = new int[hosts.length];
        for (int i = 0; i < hosts.length; i++) {
            step[i] = 1.0 / group.weights()[i];
            due[i] = random.nextDouble() * step[i];
            heap[i] = i;
        }
        for (int i = hosts.length / 2 - 1; i >= 0; i--) {
            sink(i);
        }
    }

    @Override
    public int pick(Choice choice) {
        if (equal) {
            int picked = hosts[next];
            next = next + 1 == hosts.length ? 0 : next + 1;
            return picked;
        }
        int first = heap[0];
        due[first] += step[first];
        sink(0);
        return hosts[first];
    }

    private void sink(int from) {
        int at = from;
        int moved = heap[at];
        while (true) {
            int child = 2 * at + 1;
            if (child >= heap.length) {
                break;
            }
            if (child + 1 < heap.length && due[heap[child + 1]] < due[heap[child]]) {
                child++;
            }
            if (due[heap[child]] >= due[moved]) {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = moved;
    }
}
