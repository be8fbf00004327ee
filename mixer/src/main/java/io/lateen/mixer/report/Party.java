package io.lateen.mixer.report;

/**
 * One end of an edge.
 *
 * @param id what tells it apart: {@code default/reviews-v1}, {@code outside/api.example.com},
 *     {@code unknown} or {@code unknown/reviews.default.svc.cluster.local}
 * @param namespace empty where it is no workload of the mesh
 * @param workload empty where it is no workload of the mesh
 * @param service the service's short name, or the host that was called; empty if unknown
 * @param version empty if unknown
 */
public record Party(
        Kind kind, String id, String namespace, String workload, String service, String version) {

    /** A caller that nothing is known of. */
    public static final Party UNKNOWN = new Party(Kind.UNKNOWN, "unknown", "", "", "", "");

    /** Stands for all that have found no room. */
    public static final Party OTHER = new Party(Kind.UNKNOWN, "other", "", "", "", "");

    static final String OUTSIDE = "outside/";

    /** The longest name that is kept: that of a host. What is longer is cut. */
    private static final int LONGEST = 253;

    /** What it is. */
    public enum Kind {
        /** A workload of the mesh. */
        WORKLOAD("workload"),
        /** A host that is not of the mesh. */
        OUTSIDE("outside"),
        /** Nobody has said who it is. */
        UNKNOWN("unknown");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** As it is written in a graph. */
        public String word() {
            return word;
        }

        /** The kind that is written so; unknown if there is none. */
        public static Kind of(String word) {
            for (Kind kind : values()) {
                if (kind.word.equals(word)) {
                    return kind;
                }
            }
            return UNKNOWN;
        }
    }

    public Party {
        id = cut(id);
        namespace = cut(namespace);
        workload = cut(workload);
        service = cut(service);
        version = cut(version);
    }

    /** A workload of the mesh. */
    public static Party workload(
            String namespace, String workload, String service, String version) {
        return new Party(
                Kind.WORKLOAD, namespace + "/" + workload, namespace, workload, service, version);
    }

    /** A host outside the mesh. */
    public static Party outside(String host) {
        return new Party(Kind.OUTSIDE, OUTSIDE + host, "", "", host, "");
    }

    /** Some workload of a service, or none: the call did not get as far as one. */
    public static Party someWorkloadOf(String host) {
        return new Party(Kind.UNKNOWN, "unknown/" + host, "", "", host, "");
    }

    /** Whether it knows at least as much as another of the same id. */
    boolean saysMoreThan(Party other) {
        return !service.isEmpty() && (other.service.isEmpty() || !version.isEmpty());
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
}
