package io.lateen.manager.translate;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import io.lateen.manager.translate.envoy.Deterministic;

/**
 * One xDS resource as it goes out on a stream.
 *
 * @param name its name within its type
 * @param version a hash over the content: equal content has equal versions, on every manager
 * @param body the resource, serialized deterministically
 */
public record XdsResource(String name, String version, Any body) {

    /** A message under its name, with the version that follows from it. */
    static XdsResource of(String name, Message message) {
        Any body = Deterministic.any(message);
        return new XdsResource(name, Deterministic.version(body.getValue()), body);
    }
}
