package io.lateen.portal.graph;

import io.lateen.portal.backend.Away;
import io.lateen.portal.caller.Caller;
import io.lateen.portal.mesh.TrafficWindow;
import io.lateen.portal.mesh.Windows;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/graph}: the traffic graph with a place for each node. */
@RestController
final class GraphController {
    private final Graphs graphs;

    GraphController(Graphs graphs) {
        this.graphs = graphs;
    }

    /**
     * The graph of a window.
     *
     * @param window {@code 1m}, {@code 5m}, {@code 15m} or {@code 1h}
     * @param scope a namespace: its workloads and their neighbours alone; empty for everything
     */
    @GetMapping("/api/v1/graph")
    GraphView getGraph(
            @RequestParam(defaultValue = "5m") String window,
            @RequestParam(defaultValue = "") String scope,
            @AuthenticationPrincipal Caller caller) {
        TrafficWindow known = Windows.required(window);
        return graphs.view(known, scope, caller.grants())
                .orElseThrow(() -> Away.refusal(graphs.mixer()));
    }

    /** Lays the graph out anew, for everybody who sees the same. */
    @PostMapping("/api/v1/graph/tidy")
    ResponseEntity<Void> tidyGraph(@AuthenticationPrincipal Caller caller) {
        graphs.tidy(caller.grants());
        return ResponseEntity.noContent().build();
    }
}
