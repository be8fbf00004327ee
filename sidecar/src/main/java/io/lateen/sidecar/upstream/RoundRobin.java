package io.lateen.sidecar.upstream;

import java.util.random.RandomGenerator;

/**
 * One after the other; by weight as evenly spread as can be (the smooth scheme that nginx uses).
 * Starts anywhere, so that many sidecars do not march in step.
 */
final class RoundRobin implements Balancer {
    private final Endpoint[] endpoints;
    private final boolean equal;
    private final long[] current;
    private long total;
    private int next;

    RoundRobin(Endpoint[] endpoints, RandomGenerator random) {
        this.endpoints = endpoints;
        this.equal = new Weighted(endpoints).equal();
        this.current = new long[endpoints.length];
        this.next = random.nextInt(endpoints.length);
        for (int i = 0; i < endpoints.length; i++) {
            total += endpoints[i].weight();
        }
        if (!equal) {
            for (int i = 0; i < endpoints.length; i++) {
                current[i] = random.nextInt(Math.max(1, endpoints[i].weight()));
            }
        }
    }

    @Override
    public Endpoint pick(Choice choice) {
        if (equal) {
            Endpoint picked = endpoints[next];
            next = next + 1 == endpoints.length ? 0 : next + 1;
            return picked;
        }
        int best = 0;
        for (int i = 0; i < endpoints.length; i++) {
            current[i] += endpoints[i].weight();
            if (current[i] > current[best]) {
                best = i;
            }
        }
        current[best] -= total;
        return endpoints[best];
    }
}
