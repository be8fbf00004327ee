package io.lateen.mixer.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.mixer.report.Call;
import io.lateen.mixer.report.Calls;
import io.lateen.mixer.report.EdgeBook;
import io.lateen.mixer.report.Observed;
import io.lateen.mixer.report.Party;
import io.lateen.mixer.report.Protocol;
import io.lateen.mixer.report.Reporter;
import io.lateen.mixer.report.Resolution;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** From what was observed to a graph. */
final class GraphAssemblyTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Duration COVERED = Duration.ofSeconds(10);

    private final EdgeBook book = new EdgeBook(100);

    @Test
    void aCallThatBothSidesReportIsCountedOnceAsTheCallerSawIt() {
        for (int i = 0; i < 20; i++) {
            report(Calls.http(Reporter.SOURCE, i < 18 ? 200 : 503, 4_000));
        }
        for (int i = 0; i < 18; i++) {
            report(
                    Calls.secured(
                            Calls.http(Reporter.DESTINATION, 200, 1_000),
                            Call.Security.MUTUAL_TLS));
        }

        Graph.Edge edge = onlyEdge("");

        assertThat(edge.requests()).isEqualTo(20);
        assertThat(edge.requestsPerSecond()).isEqualTo(2);
        assertThat(edge.errorRate()).isEqualTo(0.1);
        assertThat(edge.codes()).isEqualTo(Map.of("200", 18L, "503", 2L));
        assertThat(edge.p50()).isBetween(3.6, 4.4);
        assertThat(edge.mtls()).as("the callee knows").isEqualTo("all");
        assertThat(edge.bytesSentPerSecond()).isEqualTo(200);
        assertThat(edge.bytesReceivedPerSecond()).isEqualTo(20);
    }

    @Test
    void whereOnlyTheCalleeReportsItsCountsAreDrawn() {
        Call call = Calls.http(Reporter.DESTINATION, 200, 1_000);
        report(Calls.secured(call, Call.Security.MUTUAL_TLS));
        report(Calls.secured(call, Call.Security.NONE));

        assertThat(onlyEdge("").requests()).isEqualTo(2);
        assertThat(onlyEdge("").mtls()).isEqualTo("some");
    }

    @Test
    void callersThatTheCalleeCannotTellAreNotDrawnTwice() {
        for (int i = 0; i < 100; i++) {
            report(Calls.http(Reporter.SOURCE, 200, 1_000));
        }
        for (int i = 0; i < 97; i++) {
            report(Calls.http(Party.UNKNOWN, Calls.CALLEE, Reporter.DESTINATION, 200, 1_000));
        }

        assertThat(onlyEdge("").source()).isEqualTo(Calls.CALLER.id());
    }

    @Test
    void aCallerOutsideTheMeshIsDrawnBesideKnownOnes() {
        for (int i = 0; i < 100; i++) {
            report(Calls.http(Reporter.SOURCE, 200, 1_000));
            report(Calls.http(Reporter.DESTINATION, 200, 1_000));
        }
        report(Calls.http(Party.UNKNOWN, Calls.CALLEE, Reporter.DESTINATION, 200, 1_000));

        assertThat(assembly("").edges())
                .extracting(Graph.Edge::source)
                .containsExactly("default/front-v1", "unknown");
    }

    @Test
    void failuresOfOneCallerHideNoStranger() {
        for (int i = 0; i < 100; i++) {
            report(Calls.http(Reporter.SOURCE, 503, 1_000));
        }
        report(Calls.http(Party.UNKNOWN, Calls.CALLEE, Reporter.DESTINATION, 200, 1_000));

        assertThat(assembly("").edges()).hasSize(2);
    }

    @Test
    void rawConnectionsHaveNoLatencyAndNoStatus() {
        Call.Outcome good = new Call.Outcome(Call.NO_CODE, -1, Call.Security.UNKNOWN, 1_000, 2_000);
        Call.Outcome bad =
                new Call.Outcome(Call.FAILED_CONNECTION, -1, Call.Security.UNKNOWN, 0, 0);
        for (Call.Outcome how : List.of(good, bad)) {
            report(
                    new Call(
                            Calls.CALLER,
                            Calls.CALLEE,
                            Calls.SERVICE,
                            Protocol.TCP,
                            Reporter.SOURCE,
                            how));
        }

        Graph.Edge edge = onlyEdge("");

        assertThat(edge.requests()).isEqualTo(2);
        assertThat(edge.p99()).isNull();
        assertThat(edge.codes()).isEqualTo(Map.of("failed", 1L));
        assertThat(edge.errorRate()).isEqualTo(0.5);
        assertThat(edge.mtls()).isEqualTo("unknown");
    }

    @Test
    void anyGrpcStatusButOkIsAnError() {
        for (int status : new int[] {0, 0, 0, 14}) {
            Call call = Calls.http(Reporter.SOURCE, status, 1_000);
            report(
                    new Call(
                            call.source(),
                            call.target(),
                            call.service(),
                            Protocol.GRPC,
                            call.reporter(),
                            call.outcome()));
        }

        assertThat(onlyEdge("").errorRate()).isEqualTo(0.25);
    }

    @Test
    void aNamespaceShowsWhatTouchesIt() {
        Party elsewhere = Party.workload("other", "db-v1", "db", "");
        report(Calls.http(Reporter.SOURCE, 200, 1_000));
        report(Calls.http(Calls.CALLEE, elsewhere, Reporter.SOURCE, 200, 1_000));
        report(Calls.http(elsewhere, elsewhere, Reporter.SOURCE, 200, 1_000));

        assertThat(assembly("default").edges()).hasSize(2);
        assertThat(assembly("other").edges()).hasSize(2);
        assertThat(assembly("nowhere").edges()).isEmpty();
    }

    @Test
    void aNodeSaysWhoItIs() {
        report(Calls.http(Reporter.SOURCE, 200, 1_000));

        GraphAssembly assembly = assembly("");

        assertThat(assembly.nodes(assembly.edges()))
                .containsExactly(
                        new Graph.Node(
                                "default/back-v1", "workload", "default", "back-v1", "back", "v1"),
                        new Graph.Node(
                                "default/front-v1",
                                "workload",
                                "default",
                                "front-v1",
                                "front",
                                "v1"));
    }

    @Test
    void aNameCannotEndItsTextInDot() {
        Party hostile = Party.workload("default", "x\"]; evil [label=\"\\", "x", "");
        report(Calls.http(Calls.CALLER, hostile, Reporter.SOURCE, 500, 1_000));
        GraphAssembly assembly = assembly("");
        List<Graph.Edge> edges = assembly.edges();

        String dot = Dot.of(new Graph("now", "5m", assembly.nodes(edges), edges, 0, 0, null));

        assertThat(dot)
                .isEqualTo(
                        """
                        digraph mesh {
                          rankdir=LR;
                          node [shape=box];
                          "default/front-v1" [label="front-v1\\ndefault"];
                          "default/x\\"]; evil [label=\\"\\\\" [label="x\\"]; evil [label=\\"\\\\\\ndefault"];
                          "default/front-v1" -> "default/x\\"]; evil [label=\\"\\\\" [label="http 0.10/s\\n100.0% errors\\np95 1.0 ms", color=red];
                        }
                        """);
    }

    private void report(Call call) {
        book.add(call, NOW);
    }

    private Graph.Edge onlyEdge(String namespace) {
        List<Graph.Edge> edges = assembly(namespace).edges();
        assertThat(edges).hasSize(1);
        return edges.getFirst();
    }

    private GraphAssembly assembly(String namespace) {
        Observed observed = new Observed();
        long slot = Resolution.FINE.slotAt(NOW);
        book.addTo(observed, Resolution.FINE, slot, slot);
        return new GraphAssembly(
                observed, COVERED, each -> namespace.isEmpty() || each.equals(namespace));
    }
}
