package io.lateen.manager.api.type;

import io.lateen.manager.api.status.Cause;
import io.lateen.model.codec.Decoded;
import io.lateen.model.codec.ResourceCodec;
import io.lateen.model.codec.UnknownFields;
import io.lateen.model.validation.Violation;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The rules of the mesh's kinds: the model's. */
final class KindRules implements ContentRules {
    private final ResourceCodec codec;

    KindRules(ResourceCodec codec) {
        this.codec = codec;
    }

    @Override
    public Checked check(ObjectNode document, UnknownFields unknownFields) {
        return switch (codec.decode(document, unknownFields)) {
            case Decoded.Accepted accepted ->
                    new Checked(accepted.document().path("spec"), List.of(), accepted.warnings());
            case Decoded.Refused refused ->
                    new Checked(
                            JsonNodeFactory.instance.objectNode(),
                            refused.violations().stream().map(KindRules::cause).toList(),
                            refused.warnings());
        };
    }

    private static Cause cause(Violation violation) {
        String sentence = violation.message();
        String path = violation.path();
        String message =
                sentence.startsWith(path + ": ") ? sentence.substring(path.length() + 2) : sentence;
        return Cause.invalid(path, message);
    }
}
