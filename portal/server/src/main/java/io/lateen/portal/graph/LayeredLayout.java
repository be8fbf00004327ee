package io.lateen.portal.graph;

import java.util.HashMap;
import java.util.Map;
import org.eclipse.elk.alg.layered.options.CrossingMinimizationStrategy;
import org.eclipse.elk.alg.layered.options.GreedySwitchType;
import org.eclipse.elk.alg.layered.options.LayeredMetaDataProvider;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.alg.layered.options.NodePlacementStrategy;
import org.eclipse.elk.core.RecursiveGraphLayoutEngine;
import org.eclipse.elk.core.data.LayoutMetaDataService;
import org.eclipse.elk.core.options.CoreOptions;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.util.BasicProgressMonitor;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.util.ElkGraphUtil;

/**
 * Callers left, callees right, in layers: the Eclipse Layout Kernel's algorithm. The same topology
 * comes out the same. One layout at a time.
 */
final class LayeredLayout {
    /** Room for a label, in CSS pixels. */
    static final double BETWEEN_LAYERS = 160;

    /** Room for a line, in CSS pixels. */
    static final double BETWEEN_NODES = 32;

    private boolean registered;

    /** A place for each node. */
    synchronized Map<String, Box> place(Topology topology) {
        if (!registered) {
            // At the first graph, not at the start: the kernel's classes take half a second.
            LayoutMetaDataService.getInstance()
                    .registerLayoutMetaDataProviders(new LayeredMetaDataProvider());
            registered = true;
        }
        ElkNode root = ElkGraphUtil.createGraph();
        root.setProperty(CoreOptions.ALGORITHM, LayeredOptions.ALGORITHM_ID);
        root.setProperty(CoreOptions.DIRECTION, Direction.RIGHT);
        root.setProperty(CoreOptions.RANDOM_SEED, 1);
        root.setProperty(CoreOptions.EDGE_ROUTING, EdgeRouting.POLYLINE);
        root.setProperty(CoreOptions.SPACING_NODE_NODE, BETWEEN_NODES);
        // What has nothing to do with each other stands no closer than what has.
        root.setProperty(CoreOptions.SPACING_COMPONENT_COMPONENT, BETWEEN_NODES);
        root.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, BETWEEN_LAYERS);
        if (topology.isLarge()) {
            root.setProperty(LayeredOptions.THOROUGHNESS, 1);
            root.setProperty(LayeredOptions.NODE_PLACEMENT_STRATEGY, NodePlacementStrategy.SIMPLE);
            root.setProperty(
                    LayeredOptions.CROSSING_MINIMIZATION_STRATEGY,
                    CrossingMinimizationStrategy.LAYER_SWEEP);
            root.setProperty(
                    LayeredOptions.CROSSING_MINIMIZATION_GREEDY_SWITCH_TYPE, GreedySwitchType.OFF);
        }
        Map<String, ElkNode> nodes = new HashMap<>();
        topology.nodes()
                .forEach(
                        (id, box) -> {
                            ElkNode node = ElkGraphUtil.createNode(root);
                            node.setDimensions(box.width(), box.height());
                            nodes.put(id, node);
                        });
        for (Topology.Call call : topology.calls()) {
            ElkGraphUtil.createSimpleEdge(nodes.get(call.source()), nodes.get(call.target()));
        }
        new RecursiveGraphLayoutEngine().layout(root, new BasicProgressMonitor());
        Map<String, Box> placed = new HashMap<>();
        nodes.forEach(
                (id, node) ->
                        placed.put(
                                id,
                                new Box(
                                        Math.rint(node.getX()),
                                        Math.rint(node.getY()),
                                        node.getWidth(),
                                        node.getHeight())));
        return placed;
    }
}
