package io.lateen.bench.load;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a client of TLS 1.3 goes by.
 *
 * @param roots PEM, whom the server's certificate must come from
 * @param own what the client shows; empty for nothing
 */
public record Encryption(Path roots, Optional<Certificate> own) {

    /** A certificate and its key, both PEM. */
    public record Certificate(Path chain, Path key) {}
}
