package io.lateen.model.resource;

/**
 * A share of requests, in percent.
 *
 * @param value from 0 to 100; steps below 0.0001 are lost
 */
public record Percent(double value) {

    /** None. */
    public static final Percent ZERO = new Percent(0);

    /** All. */
    public static final Percent HUNDRED = new Percent(100);

    /** Of a million requests, how many: what Envoy's fractions are counted in. */
    public int partsPerMillion() {
        return (int) Math.round(value * 10_000);
    }
}
