package io.lateen.sidecar.balance;

/** Draws a locality by its weight, and in it a host. */
final class Localities implements Balancer {
    private final Balancer[] localities;
    private final Weighted weighted;

    Localities(Balancer[] localities, long[] weights) {
        this.localities = localities;
        this.weighted = new Weighted(weights);
    }

    @Override
    public int pick(Choice choice) {
        return localities[weighted.draw(choice.random())].pick(choice);
    }
}
