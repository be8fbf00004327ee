package io.lateen.sidecar.exchange;

/**
 * What telemetry says about one side of a request. Empty text where something is not known. One
 * instance per endpoint and plan, so identity may serve as a key.
 */
public record WorkloadFacts(
        String workload,
        String namespace,
        String app,
        String version,
        String canonicalService,
        String canonicalRevision,
        String clusterId,
        String serviceAccount) {

    /** Nothing is known. */
    public static final WorkloadFacts UNKNOWN = new WorkloadFacts("", "", "", "", "", "", "", "");
}
