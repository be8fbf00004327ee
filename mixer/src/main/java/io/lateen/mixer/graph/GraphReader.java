package io.lateen.mixer.graph;

import io.lateen.mixer.report.EdgeBook;
import io.lateen.mixer.report.Observed;
import io.lateen.mixer.report.Resolution;
import io.lateen.mixer.snapshot.Kept;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Draws the graph of a window that ends now, of what every mixer on the database has seen. */
final class GraphReader {
    private final EdgeBook book;
    private final Kept kept;
    private final Clock clock;

    GraphReader(EdgeBook book, Kept kept, Clock clock) {
        this.book = book;
        this.kept = kept;
        this.clock = clock;
    }

    /**
     * The graph of a window.
     *
     * @param text the window as it was asked for
     * @param namespaces whose edges are drawn
     */
    Graph read(Duration window, String text, Predicate<String> namespaces) {
        Instant now = clock.instant();
        Resolution resolution = Resolution.covering(window);
        long last = resolution.slotAt(now);
        // The slot that the window begins in is counted whole, and so is its time.
        long first = resolution.slotAt(now.minus(window));
        Observed observed = new Observed();
        book.addTo(observed, resolution, first, last);
        @Nullable String missing = kept.addTo(observed, resolution, first, last).orElse(null);
        Duration covered =
                Duration.between(
                        Instant.ofEpochSecond(Math.multiplyExact(first, resolution.seconds())),
                        now);
        GraphAssembly assembly = new GraphAssembly(observed, covered, namespaces);
        List<Graph.Edge> edges = assembly.edges();
        return new Graph(
                now.toString(),
                text,
                assembly.nodes(edges),
                edges,
                observed.dropped(),
                observed.overflowed(),
                missing);
    }
}
