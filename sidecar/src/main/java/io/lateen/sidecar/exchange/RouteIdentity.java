package io.lateen.sidecar.exchange;

/** Where a route came from, so that an answer or a record can name it. */
public interface RouteIdentity {
    /** The route's name, {@code default} where it has none. */
    String routeName();

    /** The resource that made it: the path of a VirtualService, or an empty text. */
    String rule();

    /** That resource's own version, or an empty text. */
    String ruleRevision();
}
