package io.lateen.manager.translate.cluster;

/**
 * Where the mixer's gRPC is.
 *
 * @param host a name or an address
 * @param port 1 to 65535
 * @param plaintext whether it speaks without certificates, as on a laptop's loopback
 */
public record MixerAddress(String host, int port, boolean plaintext) {}
