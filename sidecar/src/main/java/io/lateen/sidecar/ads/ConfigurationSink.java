package io.lateen.sidecar.ads;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where configuration goes. Called on the configuration thread only. */
public interface ConfigurationSink {

    /**
     * Takes an update over, resource by resource: one that is refused leaves its last good version
     * in force and does not hold up the others.
     *
     * @return those that were refused; empty for an ACK
     */
    List<Rejection> accept(ConfigurationUpdate update);

    /** The names that are needed of a type that is not asked for as a whole. */
    Set<String> wanted(ResourceType type);

    /** The versions that are held, by name: what a new stream need not send again. */
    Map<String, String> versions(ResourceType type);
}
