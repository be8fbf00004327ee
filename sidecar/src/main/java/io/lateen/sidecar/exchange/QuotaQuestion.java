package io.lateen.sidecar.exchange;

import java.util.List;

/**
 * Whether a request is within its limits.
 *
 * @param cluster whom to ask
 * @param domain whose limits they are
 * @param descriptors one per limit
 * @param deadlineNanos how long the answer may take
 */
public record QuotaQuestion(
        String cluster, String domain, List<List<QuotaEntry>> descriptors, long deadlineNanos) {}
