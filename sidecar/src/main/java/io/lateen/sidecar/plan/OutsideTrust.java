package io.lateen.sidecar.plan;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the certificate of somebody outside the mesh.
 *
 * @param roots whose word is taken; null takes nobody's, and any certificate
 * @param names one of which it must carry; none for any
 * @param keys SHA-256 of its public key, Base64, one of which it must have; none for any
 * @param fingerprints SHA-256 of the certificate, lower-case hexadecimal, one of which it must
 *     have; none for any
 */
public record OutsideTrust(
        @Nullable RootsPlace roots,
        List<SubjectName> names,
        Set<String> keys,
        Set<String> fingerprints) {

    /** Any certificate, and none. */
    public static final OutsideTrust NOTHING_ASKED =
            new OutsideTrust(null, List.of(), Set.of(), Set.of());

    public OutsideTrust {
        names = List.copyOf(names);
        keys = Set.copyOf(keys);
        fingerprints = Set.copyOf(fingerprints);
    }
}
