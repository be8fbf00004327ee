package io.lateen.model.identity;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who a workload is: {@code spiffe://cluster.local/ns/default/sa/bookinfo-reviews}, in the form
 * that Istio gives it (namespace and service account).
 *
 * @param trustDomain whose root vouches for it
 * @param namespace of the workload
 * @param serviceAccount that the workload runs as
 */
public record SpiffeId(TrustDomain trustDomain, String namespace, String serviceAccount) {

    /** The namespace of the mesh's own programs. */
    public static final String SYSTEM_NAMESPACE = "lateen-system";

    private static final String SCHEME = "spiffe://";

    /** One segment of a path (SPIFFE ID §2.2), no longer than a Kubernetes name. */
    private static final Pattern SEGMENT = Pattern.compile("[a-zA-Z0-9._-]{1,253}");

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if one cannot be part of a SPIFFE ID
     */
    public SpiffeId {
        require("namespace", namespace);
        require("service account", serviceAccount);
    }

    /** One of the mesh's own programs: {@code lateen-manager} and its like. */
    public static SpiffeId ofSystem(TrustDomain trustDomain, String program) {
        return new SpiffeId(trustDomain, SYSTEM_NAMESPACE, program);
    }

    /** The parts of a SPIFFE ID, or nothing if the text is none in this form. */
    public static Optional<SpiffeId> parse(String text) {
        if (!text.startsWith(SCHEME)) {
            return Optional.empty();
        }
        String[] parts = text.substring(SCHEME.length()).split("/", -1);
        boolean formed =
                parts.length == 5
                        && TrustDomain.isName(parts[0])
                        && parts[1].equals("ns")
                        && isSegment(parts[2])
                        && parts[3].equals("sa")
                        && isSegment(parts[4]);
        return formed
                ? Optional.of(new SpiffeId(new TrustDomain(parts[0]), parts[2], parts[4]))
                : Optional.empty();
    }

    /** Whether a name can stand in a SPIFFE ID as namespace or service account. */
    public static boolean isSegment(String name) {
        return SEGMENT.matcher(name).matches() && !name.equals(".") && !name.equals("..");
    }

    /** The form on the wire and in certificates. */
    @Override
    public String toString() {
        return SCHEME + trustDomain + "/ns/" + namespace + "/sa/" + serviceAccount;
    }

    private static void require(String what, String name) {
        if (!isSegment(name)) {
            throw new IllegalArgumentException(
                    what
                            + ": found '"
                            + name
                            + "', expected 1 to 253 letters, digits, '.', '-' or '_'");
        }
    }
}
