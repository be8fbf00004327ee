package io.lateen.manager.ads;

import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;

/**
 * What a stream is handed of the world around it.
 *
 * @param manager this manager's name, told to clients
 * @param source where its pushes come from
 * @param withdrawn since when nobody is sent to a workload
 * @param observer who learns what proxies do
 * @param metrics where pushes are counted
 * @param clock the time
 * @param random jitter
 * @param executor runs the turns of streams
 * @param scheduler wakes streams up; runs nothing itself
 */
public record Surroundings(
        String manager,
        PushSource source,
        Withdrawn withdrawn,
        ProxyObserver observer,
        AdsMetrics metrics,
        InstantSource clock,
        RandomGenerator random,
        Executor executor,
        ScheduledExecutorService scheduler) {}
