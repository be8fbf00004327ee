package io.lateen.sidecar.upstream;

import org.jspecify.annotations.Nullable;

/** Picks one of the endpoints it was made over; made anew when they change. Of one event loop. */
interface Balancer {
    /** Has nothing to pick from. */
    Balancer NONE = choice -> null;

    /** An endpoint; null when there is none. */
    @Nullable Endpoint pick(Choice choice);
}
