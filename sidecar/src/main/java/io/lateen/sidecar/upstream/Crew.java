package io.lateen.sidecar.upstream;

import io.lateen.sidecar.exchange.Observers;
import io.lateen.sidecar.exchange.QuotaServices;
import io.lateen.sidecar.plan.LivePlan;

/**
 * What all workers have in common; everything in it may be used by any thread.
 *
 * @param live the plan in force
 * @param observers who hears of what was carried
 * @param clusters what holds for a cluster across all loops
 * @param connector makes connections to endpoints
 * @param names resolves the names of endpoints and outside hosts
 * @param quotas who is asked about quota
 * @param settings the rest
 */
public record Crew(
        LivePlan live,
        Observers observers,
        SharedClusters clusters,
        Connector connector,
        Names names,
        QuotaServices quotas,
        Settings settings) {}
