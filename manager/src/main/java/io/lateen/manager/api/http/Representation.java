package io.lateen.manager.api.http;

import io.lateen.manager.api.status.Refusal;
import java.util.List;
import java.util.Optional;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * In which form a client wants its answer.
 *
 * @param form the object itself, or something made of it
 * @param yaml instead of JSON
 */
public record Representation(Form form, boolean yaml) {

    /** Forms of an answer. */
    public enum Form {
        OBJECT,
        TABLE,
        PARTIAL
    }

    /** The first of the wanted formats that is spoken here. */
    public static Representation of(List<String> accept) {
        String header = String.join(",", accept);
        if (header.isBlank()) {
            return new Representation(Form.OBJECT, false);
        }
        try {
            for (MediaType wanted : MediaType.parseMediaTypes(header)) {
                Optional<Representation> spoken = of(wanted);
                if (spoken.isPresent()) {
                    return spoken.get();
                }
            }
        } catch (InvalidMediaTypeException e) {
            throw Refusal.notAcceptable("Accept: found '" + header + "', which is no media type");
        }
        throw Refusal.notAcceptable(
                "Accept: found '" + header + "', expected application/json or application/yaml");
    }

    /** The value of {@code Content-Type}. */
    public String contentType() {
        return yaml ? "application/yaml" : "application/json";
    }

    private static Optional<Representation> of(MediaType wanted) {
        boolean json = wanted.includes(MediaType.APPLICATION_JSON);
        boolean yaml =
                !json
                        && wanted.getType().equals("application")
                        && wanted.getSubtype().equals("yaml");
        if (!json && !yaml) {
            return Optional.empty();
        }
        String as = String.valueOf(wanted.getParameter("as"));
        String version = String.valueOf(wanted.getParameter("v"));
        boolean v1 = version.equals("v1") || version.equals("null");
        return switch (as) {
            case "null" -> Optional.of(new Representation(Form.OBJECT, yaml));
            case "Table" ->
                    v1 ? Optional.of(new Representation(Form.TABLE, yaml)) : Optional.empty();
            case "PartialObjectMetadata", "PartialObjectMetadataList" ->
                    v1 ? Optional.of(new Representation(Form.PARTIAL, yaml)) : Optional.empty();
            default -> Optional.empty();
        };
    }
}
