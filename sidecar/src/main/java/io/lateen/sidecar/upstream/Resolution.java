package io.lateen.sidecar.upstream;

import io.lateen.sidecar.plan.EndpointPlan;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Turns a cluster's names into endpoints, and does so again when the answers grow old. An answer is
 * used until the next one is there: a name server that is away breaks nothing that worked.
 */
final class Resolution {
    /** Answers with a shorter life are kept this long, so that a TTL of 0 is not a storm. */
    private static final long MIN_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Worker worker;
    private final ClusterPool cluster;
    private final List<EndpointPlan> named;
    private final boolean everyAddress;
    private final long refreshNanos;
    private final boolean respectTtl;
    private final Map<EndpointPlan, List<InetAddress>> answers = new LinkedHashMap<>();
    private final List<Runnable> waiting = new ArrayList<>();
    private int outstanding;
    private boolean known;
    private long dueNanos;
    private long leastTtlNanos;
    private @Nullable String fault;

    Resolution(
            Worker worker,
            ClusterPool cluster,
            List<EndpointPlan> named,
            boolean everyAddress,
            long refreshNanos,
            boolean respectTtl) {
        this.worker = worker;
        this.cluster = cluster;
        this.named = named;
        this.everyAddress = everyAddress;
        this.refreshNanos = refreshNanos;
        this.respectTtl = respectTtl;
    }

    @Nullable String fault() {
        return fault;
    }

    void whenKnown(Runnable then) {
        if (outstanding == 0 && (!known || worker.nanos() - dueNanos >= 0)) {
            if (!known) {
                waiting.add(then);
                resolve();
                return;
            }
            resolve();
        }
        if (known) {
            then.run();
        } else {
            waiting.add(then);
        }
    }

    private void resolve() {
        outstanding = named.size();
        leastTtlNanos = Long.MAX_VALUE;
        if (named.isEmpty()) {
            publish();
            return;
        }
        for (EndpointPlan each : named) {
            resolve(each);
        }
    }

    private void resolve(EndpointPlan each) {
        if (!(each.address() instanceof InetSocketAddress address)) {
            // A socket of this machine has no name to look up.
            done();
            return;
        }
        if (!address.isUnresolved()) {
            answered(each, List.of(address.getAddress()), TimeUnit.HOURS.toSeconds(1));
            return;
        }
        worker.crew()
                .names()
                .resolve(
                        worker.loop(),
                        address.getHostString(),
                        new Names.Answer() {
                            @Override
                            public void resolved(List<InetAddress> addresses, long ttlSeconds) {
                                answered(each, addresses, ttlSeconds);
                            }

                            @Override
                            public void failed(String reason) {
                                fault = address.getHostString() + ": " + reason;
                                done();
                            }
                        });
    }

    private void answered(EndpointPlan each, List<InetAddress> addresses, long ttlSeconds) {
        answers.put(each, addresses);
        leastTtlNanos = Math.min(leastTtlNanos, TimeUnit.SECONDS.toNanos(ttlSeconds));
        fault = null;
        done();
    }

    private void done() {
        if (--outstanding == 0) {
            publish();
        }
    }

    private void publish() {
        long life = respectTtl && leastTtlNanos != Long.MAX_VALUE ? leastTtlNanos : refreshNanos;
        dueNanos = worker.nanos() + Math.max(MIN_NANOS, life);
        List<EndpointPlan> endpoints = new ArrayList<>();
        answers.forEach(
                (plan, addresses) -> {
                    for (InetAddress each : everyAddress ? addresses : addresses.subList(0, 1)) {
                        endpoints.add(at(plan, each));
                    }
                });
        // Without any answer yet the next request asks again.
        known = !endpoints.isEmpty();
        cluster.known(endpoints);
        List<Runnable> now = List.copyOf(waiting);
        waiting.clear();
        now.forEach(Runnable::run);
    }

    private static EndpointPlan at(EndpointPlan plan, InetAddress address) {
        return new EndpointPlan(
                new InetSocketAddress(address, Addresses.port(plan.address())),
                plan.weight(),
                plan.health(),
                plan.place(),
                plan.workload(),
                plan.transportLabels());
    }
}
