package io.lateen.sidecar.balance;

/** Chooses the priority by its share of the traffic, and in it a host. */
final class Priorities implements Balancer {
    private final PriorityLoads.Census[] census;
    private final int panicPercent;
    private final PriorityLoads loads;
    private final Balancer[] healthy;
    private final Balancer[] degraded;
    private final Balancer[] everybody;

    /**
     * @param healthy by priority, {@link Balancer#NONE} where there are none; likewise the others
     */
    Priorities(
            PriorityLoads.Census[] census,
            int panicPercent,
            Balancer[] healthy,
            Balancer[] degraded,
            Balancer[] everybody) {
        this.census = census;
        this.panicPercent = panicPercent;
        this.loads = PriorityLoads.of(census, panicPercent, 0);
        this.healthy = healthy;
        this.degraded = degraded;
        this.everybody = everybody;
    }

    @Override
    public int pick(Choice choice) {
        // Only a retry that is to leave its priority pays for loads of its own.
        PriorityLoads by =
                choice.avoidedPriorities() == 0
                        ? loads
                        : PriorityLoads.of(census, panicPercent, choice.avoidedPriorities());
        int point = choice.percentile();
        for (int i = 0; i < healthy.length; i++) {
            point -= by.healthy(i);
            if (point < 0) {
                return (by.panics(i) ? everybody[i] : healthy[i]).pick(choice);
            }
        }
        for (int i = 0; i < degraded.length; i++) {
            point -= by.degraded(i);
            if (point < 0) {
                return (by.panics(i) ? everybody[i] : degraded[i]).pick(choice);
            }
        }
        return NOBODY;
    }
}
