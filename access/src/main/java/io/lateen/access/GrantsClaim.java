package io.lateen.access;

import com.nimbusds.jwt.JWTClaimsSet;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the claim {@code grants}: {@code [{"role":"operator","namespaces":["default"]}]}. What it
 * does not understand makes the whole token unusable: half of a user's rights is a guess.
 */
final class GrantsClaim {
    private static final String NAME = "grants";

    private GrantsClaim() {}

    /**
     * The grants of a token.
     *
     * @throws ParseException when the claim is missing or not as it should be
     */
    static List<Grant> read(JWTClaimsSet claims) throws ParseException {
        if (!(claims.getClaim(NAME) instanceof List<?> list)) {
            throw malformed();
        }
        List<Grant> grants = new ArrayList<>();
        for (Object item : list) {
            if (!(item instanceof Map<?, ?> grant)
                    || !(grant.get("role") instanceof String role)
                    || !(grant.get("namespaces") instanceof List<?> names)) {
                throw malformed();
            }
            Role known = Role.of(role).orElseThrow(GrantsClaim::malformed);
            grants.add(new Grant(known, texts(names)));
        }
        return grants;
    }

    private static Set<String> texts(List<?> names) throws ParseException {
        Set<String> texts = new HashSet<>();
        for (Object name : names) {
            if (!(name instanceof String text)) {
                throw malformed();
            }
            texts.add(text);
        }
        return texts;
    }

    private static ParseException malformed() {
        return new ParseException("grants: found another shape than role and namespaces", 0);
    }
}
