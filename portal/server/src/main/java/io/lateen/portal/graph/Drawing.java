package io.lateen.portal.graph;

/**
 * How the page draws a call between two boxes, as far as finding a place depends on it: the curve
 * from the caller's right edge to the left edge of what it calls, and the label on its middle. The
 * same figures as in the page's {@code geometry.ts}. Values in, values out.
 */
final class Drawing {
    /** As wide as a label with a rate, an error rate and a latency; in CSS pixels. */
    static final double LABEL_WIDTH = 148;

    static final double LABEL_HEIGHT = 20;

    private static final double LEAST_REACH = 24;
    private static final int SAMPLES = 16;

    private Drawing() {}

    /** Whether a call runs from right to left: the page leads it around below. */
    static boolean runsBack(Box source, Box target) {
        return target.x() <= source.x() + source.width();
    }

    /** Where the label of a call from left to right is. */
    static Box label(Box source, Box target) {
        double x = (source.x() + source.width() + target.x()) / 2;
        double y = (middle(source) + middle(target)) / 2;
        return new Box(x - LABEL_WIDTH / 2, y - LABEL_HEIGHT / 2, LABEL_WIDTH, LABEL_HEIGHT);
    }

    /** Whether the curve of a call from left to right passes over another box. */
    static boolean passesOver(Box source, Box target, Box other) {
        double from = source.x() + source.width();
        double reach = Math.max(LEAST_REACH, (target.x() - from) / 2);
        for (int i = 1; i < SAMPLES; i++) {
            double share = (double) i / SAMPLES;
            double x = bezier(share, from, from + reach, target.x() - reach, target.x());
            double y =
                    bezier(share, middle(source), middle(source), middle(target), middle(target));
            boolean inside =
                    x > other.x()
                            && x < other.x() + other.width()
                            && y > other.y()
                            && y < other.y() + other.height();
            if (inside) {
                return true;
            }
        }
        return false;
    }

    private static double middle(Box box) {
        return box.y() + box.height() / 2;
    }

    private static double bezier(double share, double a, double b, double c, double d) {
        double rest = 1 - share;
        return rest * rest * rest * a
                + 3 * rest * rest * share * b
                + 3 * rest * share * share * c
                + share * share * share * d;
    }
}
