package io.lateen.model.service;

import java.util.Map;

/**
 * A running instance of an app.
 *
 * @param name of the instance, {@code reviews-v1-1}
 * @param namespace it belongs to
 * @param workloadName what it is an instance of, {@code reviews-v1}
 * @param serviceAccount whose identity it has; may be empty
 * @param labels {@code app}, {@code version} and others; subsets select by them
 * @param clusterId which cluster or site reported it
 * @param locality where it runs
 */
public record Workload(
        String name,
        String namespace,
        String workloadName,
        String serviceAccount,
        Map<String, String> labels,
        String clusterId,
        Locality locality) {

    /** The label by which a workload says that its sidecar has a certificate, and its value. */
    public static final String TLS_MODE = "security.istio.io/tlsMode";

    private static final String MUTUAL = "istio";

    public Workload {
        labels = Map.copyOf(labels);
    }

    /** Whether its sidecar has a certificate to show. */
    public boolean speaksMutualTls() {
        return MUTUAL.equals(labels.get(TLS_MODE));
    }
}
