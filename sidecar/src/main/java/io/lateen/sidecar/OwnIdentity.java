package io.lateen.sidecar;

import io.lateen.identity.ca.CaSettings;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the workload's certificate comes from.
 *
 * @param authority whom to ask, and for which identity
 * @param directory where certificate and key survive a restart; empty for memory alone
 */
public record OwnIdentity(CaSettings authority, Optional<Path> directory) {}
