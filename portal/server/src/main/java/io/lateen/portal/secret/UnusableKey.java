package io.lateen.portal.secret;

import io.lateen.start.StartRefused;
import java.nio.file.Path;

/** The file of the sealing key holds no key: the portal does not start. */
public final class UnusableKey extends StartRefused {
    private static final long serialVersionUID = 1L;

    UnusableKey(Path file, Throwable cause) {
        super(
                file
                        + ": expected 32 bytes as base64; delete the file to have a new key drawn"
                        + " (sessions go on, tokens are signed anew).",
                cause);
    }
}
