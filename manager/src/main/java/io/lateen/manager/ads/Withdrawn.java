package io.lateen.manager.ads;

import io.lateen.manager.snapshot.Proxy;
import java.util.OptionalLong;

/** Knows since when nobody is told any more to call a workload. Any thread. */
@FunctionalInterface
public interface Withdrawn {

    /**
     * The {@link Push#serial} of a snapshot in which the workload beside {@code proxy} is nobody's
     * endpoint: whoever goes by that one, or by a later one, does not call it. Empty while there is
     * none, or when it is not this manager alone that proxies hear of it from.
     */
    OptionalLong since(Proxy proxy);
}
