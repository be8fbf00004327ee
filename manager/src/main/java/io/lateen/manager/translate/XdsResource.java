package io.lateen.manager.translate;

import com.google.protobuf.Any;

/**
 * One xDS resource as it goes out on a stream.
 *
 * @param name its name within its type
 * @param version a hash over the content: equal content has equal versions, on every manager
 * @param body the resource, serialized deterministically
 */
public record XdsResource(String name, String version, Any body) {}
