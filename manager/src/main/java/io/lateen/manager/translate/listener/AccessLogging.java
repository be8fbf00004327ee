package io.lateen.manager.translate.listener;

import io.lateen.manager.snapshot.MeshSnapshot;
import io.lateen.manager.snapshot.ServedPort;
import io.lateen.model.naming.Hostname;

/**
 * Where records of requests and connections go.
 *
 * @param reported whether they go to the mixer
 * @param reporter which side of a call the proxy is on, in the words of Istio's metrics
 * @param service the host that was called, where the proxy stands beside it; empty elsewhere, where
 *     the cluster says it
 */
public record AccessLogging(boolean reported, String reporter, String service) {

    /** Nothing is recorded. */
    public static final AccessLogging OFF = new AccessLogging(false, "source", "");

    /** The same, and to the mixer too. */
    public AccessLogging toMixer() {
        return new AccessLogging(true, reporter, service);
    }

    /** The same, of a proxy that stands beside a service. */
    AccessLogging at(ServedPort served) {
        return new AccessLogging(
                reported,
                "destination",
                Hostname.resolve(served.service(), served.namespace(), MeshSnapshot.DOMAIN)
                        .value());
    }

    /** The same, of a proxy that stands beside a workload on a port that it did not name. */
    AccessLogging atUnknownService() {
        return new AccessLogging(reported, "destination", "");
    }
}
