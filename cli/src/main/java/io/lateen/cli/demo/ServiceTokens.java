package io.lateen.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Tokens by which programs of the control plane call each other: files {@code <actor>.<role>} in
 * one folder, drawn once.
 */
final class ServiceTokens {
    private static final int BYTES = 32;

    private final StateFolder state;

    ServiceTokens(StateFolder state) {
        this.state = state;
    }

    static Path folder(StateFolder state) {
        return state.path().resolve("service-tokens");
    }

    /** Makes sure that there is one of this name. */
    void ensure(String name) throws IOException {
        if (!Files.exists(folder(state).resolve(name))) {
            byte[] bytes = new byte[BYTES];
            new SecureRandom().nextBytes(bytes);
            state.writeSecret(
                    "service-tokens/" + name,
                    Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + "\n");
        }
    }
}
