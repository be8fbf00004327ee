package io.lateen.mixer.report;

/**
 * What makes an edge one edge.
 *
 * @param source a {@link Party#id}
 * @param target a {@link Party#id}
 * @param service the host that was called: {@code reviews.default.svc.cluster.local}
 */
public record EdgeKey(String source, String target, String service, Protocol protocol)
        implements Comparable<EdgeKey> {

    /** Where everything goes that finds no room. */
    static final EdgeKey OTHER = new EdgeKey(Party.OTHER.id(), Party.OTHER.id(), "", Protocol.HTTP);

    /** {@code default/productpage-v1>default/reviews-v1>reviews.default.svc.cluster.local>http}. */
    public String id() {
        return String.join(">", source, target, service, protocol.word());
    }

    @Override
    public int compareTo(EdgeKey other) {
        return id().compareTo(other.id());
    }
}
