package io.lateen.sidecar.upstream;

/**
 * The one with the fewest outstanding requests for its weight, of a few drawn by weight ("power of
 * two choices"). Among idle ones it is the first drawn, so weights hold exactly then.
 */
final class LeastRequest implements Balancer {
    private final Endpoint[] endpoints;
    private final Weighted weighted;
    private final int choices;

    LeastRequest(Endpoint[] endpoints, int choices) {
        this.endpoints = endpoints;
        this.weighted = new Weighted(endpoints);
        this.choices = Math.max(2, choices);
    }

    @Override
    public Endpoint pick(Choice choice) {
        Endpoint best = endpoints[weighted.draw(choice.random())];
        for (int i = 1; i < choices; i++) {
            if (best.active() == 0) {
                return best;
            }
            Endpoint other = endpoints[weighted.draw(choice.random())];
            if ((long) other.active() * best.weight() < (long) best.active() * other.weight()) {
                best = other;
            }
        }
        return best;
    }
}
