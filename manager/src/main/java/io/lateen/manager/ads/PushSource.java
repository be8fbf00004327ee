package io.lateen.manager.ads;

import io.lateen.manager.snapshot.Proxy;
import java.util.Map;
import java.util.function.Consumer;

/** Where pushes come from. */
public interface PushSource {

    /**
     * Begins to deliver to {@code sink} what {@code proxy} is to have in force, whenever that may
     * have changed. Deliveries come from any thread, and out of order by the width of a race:
     * {@link Push#serial} tells which is newer.
     */
    Feed subscribe(Proxy proxy, Consumer<Push> sink);

    /** A subscription. */
    interface Feed {

        /** What the proxy is to have in force at the time of subscribing. */
        Push first();

        /**
         * Takes note of what the proxy says of certificates that it cannot use.
         *
         * @param faults by the places' names; none when all is well
         */
        void credentialFaults(Map<String, String> faults);

        /** Ends it. */
        void close();
    }
}
