package io.lateen.identity.ca;

import io.lateen.identity.CertificateFolder;
import io.lateen.identity.CertificateSource;
import io.lateen.identity.ca.CaSettings.JoinToken;
import io.lateen.model.identity.SpiffeId;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Who a program of the mesh's own is to others: nobody, or the holder of a certificate that is kept
 * in force from the program's start to its end.
 */
public final class ProgramCertificate implements AutoCloseable {
    private final @Nullable KeptCertificate kept;

    private ProgramCertificate(@Nullable KeptCertificate kept) {
        this.kept = kept;
    }

    /**
     * Where the certificate comes from.
     *
     * @param caAddress {@code host:port} of the authority's gRPC; null for no certificate at all
     * @param caRoots a PEM file with the roots that its chain must end in; with the address or not
     *     at all
     * @param joinTokenFile a file with a join token; null where the token itself is given
     */
    public record Origin(
            @Nullable String caAddress, @Nullable Path caRoots, @Nullable Path joinTokenFile) {

        /** Checks that what belongs together is together. */
        public Origin {
            if ((caAddress == null) != (caRoots == null)) {
                throw new IllegalArgumentException(
                        "lateen.identity.ca-address, ca-roots: found one without the other,"
                                + " expected both or none");
            }
        }
    }

    /**
     * Begins to ask for a certificate, where an authority is named.
     *
     * @param joinToken read while there is no certificate, where there is no file; may be empty
     * @param self whom the certificate must name
     * @param folder where it survives a restart
     */
    public static ProgramCertificate start(
            Origin origin, String joinToken, SpiffeId self, Path folder, InstantSource clock) {
        if (origin.caAddress() == null || origin.caRoots() == null) {
            return new ProgramCertificate(null);
        }
        JoinToken token =
                origin.joinTokenFile() == null
                        ? JoinToken.of(joinToken)
                        : JoinToken.in(origin.joinTokenFile());
        return new ProgramCertificate(
                KeptCertificate.start(
                        CaSettings.read(
                                origin.caAddress(),
                                origin.caRoots(),
                                token,
                                Optional.of(self),
                                Optional.empty()),
                        Optional.of(new CertificateFolder(folder)),
                        clock,
                        new SecureRandom(),
                        UnaryOperator.identity()));
    }

    /** Where the certificate is asked for; empty where there is no authority. */
    public Optional<CertificateSource> source() {
        return Optional.ofNullable(kept);
    }

    @Override
    public void close() {
        if (kept != null) {
            kept.close();
        }
    }
}
