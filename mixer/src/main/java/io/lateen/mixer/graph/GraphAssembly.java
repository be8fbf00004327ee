package io.lateen.mixer.graph;

import io.lateen.mixer.report.EdgeKey;
import io.lateen.mixer.report.LatencyBuckets;
import io.lateen.mixer.report.Observed;
import io.lateen.mixer.report.Party;
import io.lateen.mixer.report.Protocol;
import io.lateen.mixer.report.Reporter;
import io.lateen.mixer.report.Tally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Draws a graph from what was observed. A call that both sides have reported is counted once, as
 * the caller saw it: that counts calls that never arrived too. How it was secured, the callee
 * knows.
 */
final class GraphAssembly {
    /** So many calls of a window may be reported by one side and not yet by the other. */
    private static final double IN_FLIGHT_SHARE = 0.05;

    private static final int IN_FLIGHT_CALLS = 5;

    private final Observed observed;
    private final Duration covered;
    private final Predicate<String> namespaces;

    /**
     * @param covered the time in which it was observed
     * @param namespaces draws only edges of which one end lies in one of these; the empty name
     *     stands for what lies in none
     */
    GraphAssembly(Observed observed, Duration covered, Predicate<String> namespaces) {
        this.observed = observed;
        this.covered = covered;
        this.namespaces = namespaces;
    }

    List<Graph.Edge> edges() {
        List<Graph.Edge> edges = new ArrayList<>();
        for (EdgeKey key : observed.edges()) {
            if (isWanted(key) && !isReportedByCallers(key)) {
                edges.add(edge(key));
            }
        }
        return edges;
    }

    List<Graph.Node> nodes(List<Graph.Edge> edges) {
        Set<String> ids = new TreeSet<>();
        edges.forEach(edge -> ids.addAll(List.of(edge.source(), edge.target())));
        return ids.stream().map(observed::party).map(GraphAssembly::node).toList();
    }

    private boolean isWanted(EdgeKey key) {
        return namespaces.test(observed.party(key.source()).namespace())
                || namespaces.test(observed.party(key.target()).namespace());
    }

    /**
     * A callee that cannot tell who calls reports an unknown caller. Where callers have reported as
     * many calls of which it has told nothing, it is those, and not drawn twice.
     */
    private boolean isReportedByCallers(EdgeKey key) {
        if (!key.source().equals(Party.UNKNOWN.id())
                || observed.tally(key, Reporter.SOURCE).isPresent()) {
            return false;
        }
        long unnamed = observed.tally(key, Reporter.DESTINATION).map(Tally::calls).orElse(0L);
        long reported = 0;
        for (EdgeKey other : observed.edges()) {
            if (other.target().equals(key.target())
                    && isSameTraffic(other, key)
                    && observed.tally(other, Reporter.DESTINATION).isEmpty()) {
                reported +=
                        observed.tally(other, Reporter.SOURCE)
                                // What failed may never have arrived.
                                .map(tally -> tally.calls() - errors(other.protocol(), tally))
                                .orElse(0L);
            }
        }
        return reported > 0 && unnamed <= reported * (1 + IN_FLIGHT_SHARE) + IN_FLIGHT_CALLS;
    }

    /** What is gRPC to one side may be plain HTTP to the other, which sees no content type. */
    private static boolean isSameTraffic(EdgeKey one, EdgeKey other) {
        return (one.protocol() == Protocol.TCP) == (other.protocol() == Protocol.TCP);
    }

    private static long errors(Protocol protocol, Tally tally) {
        return tally.codes().entrySet().stream()
                .filter(each -> isError(protocol, each.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private Graph.Edge edge(EdgeKey key) {
        Optional<Tally> callee = observed.tally(key, Reporter.DESTINATION);
        Tally tally = observed.tally(key, Reporter.SOURCE).or(() -> callee).orElseThrow();
        double seconds = Math.max(1, covered.toMillis() / 1e3);
        long calls = tally.calls();
        long[] latencies = tally.latencies();
        return new Graph.Edge(
                key.id(),
                key.source(),
                key.target(),
                key.service(),
                key.protocol().word(),
                calls,
                rounded(calls / seconds),
                calls == 0 ? 0 : rounded((double) errors(key.protocol(), tally) / calls),
                codes(key.protocol(), tally),
                millis(latencies, 0.50),
                millis(latencies, 0.95),
                millis(latencies, 0.99),
                callee.or(() -> Optional.of(tally)).map(GraphAssembly::security).orElseThrow(),
                rounded(tally.bytesSent() / seconds),
                rounded(tally.bytesReceived() / seconds));
    }

    private static boolean isError(Protocol protocol, int code) {
        return switch (protocol) {
            case HTTP -> code >= 500 || code == 0;
            case GRPC -> code != 0;
            case TCP -> code > 0;
        };
    }

    private static Map<String, Long> codes(Protocol protocol, Tally tally) {
        Map<String, Long> codes = new LinkedHashMap<>();
        tally.codes().forEach((code, count) -> codes.put(word(protocol, code), count));
        return codes;
    }

    private static String word(Protocol protocol, int code) {
        if (code == Tally.OTHER_CODE) {
            return "other";
        }
        return protocol == Protocol.TCP ? "failed" : Integer.toString(code);
    }

    private static String security(Tally tally) {
        if (tally.mutual() == 0) {
            return tally.plain() == 0 ? "unknown" : "none";
        }
        return tally.mutual() == tally.calls() ? "all" : "some";
    }

    private static @Nullable Double millis(long[] latencies, double share) {
        double micros = LatencyBuckets.percentileMicros(latencies, share);
        return micros < 0 ? null : (Double) rounded(micros / 1e3);
    }

    private static double rounded(double value) {
        return Math.round(value * 1e4) / 1e4;
    }

    private static Graph.Node node(Party party) {
        return new Graph.Node(
                party.id(),
                party.kind().word(),
                party.namespace(),
                party.workload(),
                party.service(),
                party.version());
    }
}
