package io.lateen.sidecar.plan;

import java.util.List;
import java.util.random.RandomGenerator;

/** Chooses the destination of a request or connection. */
public sealed interface ClusterChoice {

    /** Chooses once; a request that is tried again keeps its choice. */
    Destination choose(RandomGenerator random);

    /** Every destination that may be chosen. */
    List<Destination> destinations();

    /** There is only one. */
    record Single(Destination destination) implements ClusterChoice {

        @Override
        public Destination choose(RandomGenerator random) {
            return destination;
        }

        @Override
        public List<Destination> destinations() {
            return List.of(destination);
        }
    }

    /**
     * By weight: a destination of weight 0 is never chosen.
     *
     * @param destinations in the order of the rule
     * @param totalWeight the sum of their weights, at least 1
     */
    record Weighted(List<Destination> destinations, int totalWeight) implements ClusterChoice {

        public Weighted {
            destinations = List.copyOf(destinations);
            int sum = Math.toIntExact(destinations.stream().mapToLong(Destination::weight).sum());
            if (sum != totalWeight || totalWeight < 1) {
                throw new IllegalArgumentException(
                        "weights: found a sum of " + sum + ", expected " + totalWeight + " >= 1");
            }
        }

        @Override
        public Destination choose(RandomGenerator random) {
            int point = random.nextInt(totalWeight);
            for (int i = 0; ; i++) {
                Destination candidate = destinations.get(i);
                point -= candidate.weight();
                if (point < 0) {
                    return candidate;
                }
            }
        }
    }
}
