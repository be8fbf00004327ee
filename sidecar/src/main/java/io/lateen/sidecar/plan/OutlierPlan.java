package io.lateen.sidecar.plan;

/**
 * When an endpoint is left out because of how it answers. Every count of 0 switches its test off.
 *
 * @param consecutive5xx answers with 5xx, and connections that failed, one after the other
 * @param consecutiveGatewayFailures 502, 503, 504 and failed connections, one after the other
 * @param consecutiveLocalOriginFailures failed connections and time-outs, when counted apart
 * @param splitLocalOrigin whether these are counted apart
 * @param intervalNanos how often endpoints are looked at
 * @param baseEjectionNanos how long one is left out: times the number of its ejections
 * @param maxEjectionNanos never longer
 * @param maxEjectionPercent at most so many of a hundred are left out; at least one may be
 */
public record OutlierPlan(
        int consecutive5xx,
        int consecutiveGatewayFailures,
        int consecutiveLocalOriginFailures,
        boolean splitLocalOrigin,
        long intervalNanos,
        long baseEjectionNanos,
        long maxEjectionNanos,
        int maxEjectionPercent) {}
