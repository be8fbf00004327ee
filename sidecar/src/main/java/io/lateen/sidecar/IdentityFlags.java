package io.lateen.sidecar;

import io.lateen.identity.ca.CaSettings;
import io.lateen.identity.ca.CaSettings.JoinToken;
import io.lateen.model.identity.SpiffeId;
import io.lateen.model.identity.TrustDomain;
import io.lateen.sidecar.Flags.Flag;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads where the certificate comes from, or every mistake in it. */
final class IdentityFlags {

    /** In the environment alone: a command line is seen by everybody on the machine. */
    private static final String JOIN_TOKEN = "LATEEN_JOIN_TOKEN";

    private final Flags flags;

    IdentityFlags(Flags flags) {
        this.flags = flags;
    }

    /** Empty when no authority is named: the workload then has no identity. */
    Optional<OwnIdentity> read(String namespace, String serviceAccount) {
        Optional<String> address = flags.value(Flag.CA_ADDRESS);
        if (address.isEmpty()) {
            for (Flag flag :
                    List.of(Flag.CA_ROOTS, Flag.JOIN_TOKEN_FILE, Flag.IDENTITY_DIRECTORY)) {
                if (flags.value(flag).isPresent()) {
                    flags.violate(
                            flag.flag(),
                            "no " + Flag.CA_ADDRESS.flag() + " beside it",
                            "the authority's host:port",
                            "add it, or leave this out");
                }
            }
            return Optional.empty();
        }
        Optional<String> roots = flags.value(Flag.CA_ROOTS);
        if (roots.isEmpty()) {
            flags.violate(
                    Flag.CA_ROOTS.flag(),
                    "nothing",
                    "a PEM file with the roots of " + Flag.CA_ADDRESS.flag(),
                    "save what GET /lateen/v1/roots of the authority answers");
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new OwnIdentity(
                            CaSettings.read(
                                    address.get(),
                                    Path.of(roots.get()),
                                    joinToken(),
                                    Optional.of(
                                            new SpiffeId(
                                                    TrustDomain.DEFAULT,
                                                    namespace,
                                                    serviceAccount)),
                                    Optional.empty()),
                            flags.value(Flag.IDENTITY_DIRECTORY).map(Path::of)));
        } catch (IllegalArgumentException e) {
            // It says all that a violation has in one sentence.
            String said = String.valueOf(e.getMessage());
            flags.violate(
                    said.startsWith("ca-roots") ? Flag.CA_ROOTS.flag() : Flag.CA_ADDRESS.flag(),
                    "something else",
                    "what the authority needs",
                    said);
            return Optional.empty();
        }
    }

    private JoinToken joinToken() {
        return flags.value(Flag.JOIN_TOKEN_FILE)
                .map(Path::of)
                .map(JoinToken::in)
                .or(() -> flags.variable(JOIN_TOKEN).map(JoinToken::of))
                .orElse(JoinToken.none());
    }
}
