package io.lateen.sidecar.plan;

/**
 * Who gets a copy of a request, and of how many.
 *
 * @param cluster where the copy goes
 * @param perMillion how many of a million requests are copied
 */
public record MirrorPlan(String cluster, int perMillion) {}
