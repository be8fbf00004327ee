package io.lateen.sidecar.telemetry;

import io.lateen.sidecar.exchange.ConnectionObserver;
import io.lateen.sidecar.exchange.ExchangeObserver;
import io.lateen.sidecar.exchange.Observers;
import io.lateen.sidecar.exchange.WorkloadFacts;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The sidecar's metrics: makes each loop's counters and adds them up when they are scraped.
 *
 * <p>Counting happens on the loops; {@link #scrape} may be called from any thread.
 */
public final class Telemetry implements Observers {

    /** Istio reports the bytes of open connections as often. */
    private static final long OPEN_SECONDS = 5;

    private static final List<String> HTTP_LABELS =
            Stream.concat(Metrics.TRAFFIC_LABELS.stream(), Metrics.REQUEST_LABELS.stream())
                    .toList();

    private final Map<EventLoop, LoopCounts> loops = new ConcurrentHashMap<>();
    private final Labels labels;
    private final String version;
    private final Map<Metrics, DoubleSupplier> gauges;
    private final @Nullable AccessLog accessLog;

    /**
     * @param self the workload whose sidecar this is
     * @param version the sidecar's
     * @param gauges single values that others know
     * @param accessLog null when it is off
     */
    public Telemetry(
            WorkloadFacts self,
            String version,
            Map<Metrics, DoubleSupplier> gauges,
            @Nullable AccessLog accessLog) {
        this.labels = new Labels(self);
        this.version = version;
        this.gauges = Map.copyOf(gauges);
        this.accessLog = accessLog;
    }

    @Override
    public ExchangeObserver exchanges(EventLoop loop) {
        LoopCounts counts = counts(loop);
        AccessLog log = accessLog;
        if (log == null) {
            return counts;
        }
        return exchange -> {
            counts.ended(exchange);
            log.ended(exchange);
        };
    }

    @Override
    public ConnectionObserver connections(EventLoop loop) {
        return counts(loop);
    }

    /**
     * Everything counted so far.
     *
     * @param openMetrics in OpenMetrics' format rather than Prometheus' own
     */
    public String scrape(boolean openMetrics) {
        Exposition out = new Exposition(openMetrics);
        writeHttp(out);
        writeTcp(out);
        out.begin(Metrics.BUILD);
        out.sample(
                Metrics.BUILD.metricName(),
                Exposition.labels(List.of("component", "tag"), List.of("proxy", version)),
                1);
        long overflowed =
                loops.values().stream().mapToLong(counts -> counts.http().overflowed()).sum();
        writeCount(out, Metrics.SERIES_OVERFLOWED, overflowed);
        writeCount(
                out,
                Metrics.CONNECTIONS_DENIED,
                loops.values().stream().mapToLong(LoopCounts::deniedConnections).sum());
        AccessLog log = accessLog;
        writeCount(out, Metrics.ACCESS_LOG_DROPPED, log == null ? 0 : log.dropped());
        gauges.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(each -> writeSingle(out, each.getKey(), each.getValue().getAsDouble()));
        return out.finish();
    }

    private LoopCounts counts(EventLoop loop) {
        return loops.computeIfAbsent(
                loop,
                same -> {
                    LoopCounts counts = new LoopCounts();
                    var _ =
                            same.scheduleWithFixedDelay(
                                    counts::countOpen,
                                    OPEN_SECONDS,
                                    OPEN_SECONDS,
                                    TimeUnit.SECONDS);
                    return counts;
                });
    }

    private static void writeCount(Exposition out, Metrics metric, long value) {
        out.begin(metric);
        out.sample(metric.metricName(), "", value);
    }

    private static void writeSingle(Exposition out, Metrics metric, double value) {
        out.begin(metric);
        out.sample(metric.metricName(), "", value);
    }

    private void writeHttp(Exposition out) {
        // Keys that differ in what has no label, such as a subset, are one series: sorted by
        // labels.
        Map<String, long[]> series = new TreeMap<>();
        for (LoopCounts counts : loops.values()) {
            for (HttpSeries each : counts.http().all()) {
                each.addTo(
                        series.computeIfAbsent(
                                Exposition.labels(HTTP_LABELS, labels.http(each.key())),
                                _ -> new long[HttpSeries.CELLS]));
            }
        }
        out.begin(Metrics.REQUESTS);
        series.forEach(
                (text, cells) ->
                        out.sample(
                                Metrics.REQUESTS.metricName(), text, HttpSeries.requests(cells)));
        writeHistogram(out, Metrics.REQUEST_DURATION, HttpSeries.Histogram.DURATION_OF, series);
        writeHistogram(out, Metrics.REQUEST_BYTES, HttpSeries.Histogram.RECEIVED_OF, series);
        writeHistogram(out, Metrics.RESPONSE_BYTES, HttpSeries.Histogram.SENT_OF, series);
    }

    private static void writeHistogram(
            Exposition out,
            Metrics metric,
            HttpSeries.Histogram histogram,
            Map<String, long[]> series) {
        out.begin(metric);
        series.forEach((text, cells) -> writeBuckets(out, metric, histogram, text, cells));
    }

    private static void writeBuckets(
            Exposition out,
            Metrics metric,
            HttpSeries.Histogram histogram,
            String labels,
            long[] cells) {
        String name = metric.metricName();
        long below = 0;
        for (int bucket = 0; bucket < Buckets.COUNT; bucket++) {
            below += histogram.bucket(cells, bucket);
            out.sample(name + "_bucket", labels + ",le=\"" + Buckets.bound(bucket) + '"', below);
        }
        out.sample(name + "_sum", labels, histogram.sum(cells));
        out.sample(name + "_count", labels, below);
    }

    private void writeTcp(Exposition out) {
        Map<String, long[]> series = new TreeMap<>();
        for (LoopCounts counts : loops.values()) {
            for (TcpSeries each : counts.tcp()) {
                each.addTo(
                        series.computeIfAbsent(
                                Exposition.labels(Metrics.TRAFFIC_LABELS, labels.tcp(each.key())),
                                _ -> new long[TcpSeries.CELLS]));
            }
        }
        for (TcpSeries.Count count : TcpSeries.Count.values()) {
            out.begin(count.metric());
            series.forEach(
                    (text, cells) ->
                            out.sample(count.metric().metricName(), text, cells[count.cell()]));
        }
    }
}
