package io.lateen.mixer.replica;

import java.util.UUID;

/**
 * A mixer, as others reach it.
 *
 * @param id of this start of it
 * @param host a name or an address
 * @param port of its gRPC
 */
public record Replica(UUID id, String host, int port) {}
