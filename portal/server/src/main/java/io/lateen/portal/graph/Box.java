package io.lateen.portal.graph;

/** Where a node is, and how large, in CSS pixels. */
record Box(double x, double y, double width, double height) {

    /** The same box elsewhere. */
    Box at(double newX, double newY) {
        return new Box(newX, newY, width, height);
    }

    /** Whether two boxes overlap or stand closer than {@code gap}. */
    boolean isCloseTo(Box other, double gap) {
        return x < other.x + other.width + gap
                && other.x < x + width + gap
                && y < other.y + other.height + gap
                && other.y < y + height + gap;
    }

    /**
     * Whether two boxes stand closer than the layout would put them: beside each other without room
     * for a label, or above each other without room for a line.
     */
    boolean crowds(Box other) {
        return x < other.x + other.width + LayeredLayout.BETWEEN_LAYERS
                && other.x < x + width + LayeredLayout.BETWEEN_LAYERS
                && y < other.y + other.height + LayeredLayout.BETWEEN_NODES
                && other.y < y + height + LayeredLayout.BETWEEN_NODES;
    }
}
