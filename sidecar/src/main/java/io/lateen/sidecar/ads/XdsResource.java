package io.lateen.sidecar.ads;

import com.google.protobuf.Any;

/**
 * One resource as the manager sent it.
 *
 * @param version a hash of its content
 */
public record XdsResource(String name, String version, Any body) {}
