package io.lateen.bench.load;

/** The units of time that load generators print. */
final class Units {

    private Units() {}

    /** How many seconds one {@code unit} is. */
    static double seconds(String unit) {
        return switch (unit) {
            case "us" -> 1e-6;
            case "ms" -> 1e-3;
            case "m" -> 60;
            default -> 1;
        };
    }
}
