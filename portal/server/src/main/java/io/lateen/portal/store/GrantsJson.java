package io.lateen.portal.store;

import io.lateen.portal.caller.Grant;
import io.lateen.portal.caller.Grants;
import java.util.List;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Grants as they stand in a column of jsonb, and in the tokens. Thread-safe. */
public final class GrantsJson {
    private static final TypeReference<List<Grant>> GRANTS = new TypeReference<>() {};

    private final JsonMapper mapper;

    GrantsJson(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /** As text for {@code cast(? as jsonb)}. */
    public String write(Grants grants) {
        return mapper.writeValueAsString(grants.all());
    }

    /** From the column's text. */
    public Grants read(String text) {
        return new Grants(mapper.readValue(text, GRANTS));
    }
}
