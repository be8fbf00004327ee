package io.lateen.mixer.replica;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How the mixers of a mesh find each other, each as {@code --lateen.replica.<name>}.
 *
 * @param address where other mixers reach this one's gRPC; {@code lateen.grpc-address} without it,
 *     which must then be one address
 */
@ConfigurationProperties("lateen.replica")
public record ReplicaSettings(@Nullable String address) {}
