package io.lateen.portal.graph;

import io.lateen.portal.mesh.NodeKind;
import org.jspecify.annotations.Nullable;

/**
 * One workload, or what stands for the world outside.
 *
 * @param id stable: {@code default/reviews-v1}
 * @param namespace null for what has none
 * @param workload the workload's name; null for what is none
 * @param service the service it belongs to; null when not known
 * @param version the version label; null when not known
 * @param x left edge, in CSS pixels
 * @param y upper edge, in CSS pixels
 * @param width in CSS pixels
 * @param height in CSS pixels
 */
record GraphNode(
        String id,
        NodeKind kind,
        @Nullable String namespace,
        @Nullable String workload,
        @Nullable String service,
        @Nullable String version,
        double x,
        double y,
        double width,
        double height) {}
