package io.lateen.sidecar.balance;

/**
 * The one with the fewest outstanding requests for its weight, of a few drawn by weight ("power of
 * two choices"). Among idle ones it is the first drawn, so weights hold exactly then.
 */
final class LeastRequest implements Balancer {
    private final int[] hosts;
    private final long[] weights;
    private final Weighted weighted;
    private final Outstanding outstanding;
    private final int choices;

    LeastRequest(Group group, int choices, Outstanding outstanding) {
        this.hosts = group.hosts();
        this.weights = group.weights();
        this.weighted = new Weighted(weights);
        this.outstanding = outstanding;
        this.choices = Math.max(2, choices);
    }

    @Override
    public int pick(Choice choice) {
        int best = weighted.draw(choice.random());
        long active = outstanding.at(hosts[best]);
        for (int i = 1; i < choices && active > 0; i++) {
            int other = weighted.draw(choice.random());
            long others = outstanding.at(hosts[other]);
            if (others * weights[best] < active * weights[other]) {
                best = other;
                active = others;
            }
        }
        return hosts[best];
    }
}
