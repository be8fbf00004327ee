package io.lateen.model.service;

/**
 * Where a workload runs, written {@code region/zone/subzone}; a part that is not known is empty.
 */
public record Locality(String region, String zone, String subzone) {

    /** Nobody said where. */
    public static final Locality UNKNOWN = new Locality("", "", "");

    /** The parts of {@code region/zone/subzone}; what is missing is empty. */
    public static Locality parse(String text) {
        String[] parts = text.split("/", 3);
        return new Locality(
                parts[0], parts.length > 1 ? parts[1] : "", parts.length > 2 ? parts[2] : "");
    }

    @Override
    public String toString() {
        if (!subzone.isEmpty()) {
            return region + "/" + zone + "/" + subzone;
        }
        return zone.isEmpty() ? region : region + "/" + zone;
    }
}
