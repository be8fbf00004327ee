package io.lateen.cli.command;

import io.lateen.cli.client.CommandFailed;
import io.lateen.cli.process.KeptAlive;
import io.lateen.cli.workload.Authority;
import io.lateen.cli.workload.Certificates;
import io.lateen.cli.workload.WorkloadPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * How a workload's sidecar gets its certificate: from an authority that is named, else from that of
 * the mesh that {@code lateen up} runs on this host, which is asked for a join token.
 */
final class IdentityOptions {

    @Option(
            names = "--ca-address",
            paramLabel = "HOST:PORT",
            description =
                    "The certificate authority. Default: LATEEN_CA_ADDRESS, else that of the mesh"
                            + " that `lateen up` started; without one calls are plaintext.")
    private @Nullable String address;

    @Option(
            names = "--ca-roots",
            paramLabel = "FILE",
            description = "The roots to trust, as PEM. Default: LATEEN_CA_ROOTS.")
    private @Nullable Path roots;

    @Option(
            names = "--join-token-file",
            paramLabel = "FILE",
            description =
                    "A token for the first certificate, see `lateen token create`. Default:"
                            + " LATEEN_JOIN_TOKEN_FILE, else the token in LATEEN_JOIN_TOKEN.")
    private @Nullable Path joinToken;

    Optional<Certificates> find(Surroundings surroundings, WorkloadPlan plan) throws IOException {
        Optional<String> named =
                Optional.ofNullable(address).or(() -> surroundings.variable("LATEEN_CA_ADDRESS"));
        if (named.isEmpty()) {
            if (roots != null || joinToken != null) {
                throw new CommandFailed(
                        "found --ca-roots or --join-token-file without --ca-address; give that too");
            }
            return Authority.in(surroundings.stateDirectory())
                    .map(
                            found ->
                                    found.certificates(
                                            plan.instance(), plan.namespace(), plan.account()));
        }
        Path trusted =
                Optional.ofNullable(roots)
                        .or(() -> surroundings.variable("LATEEN_CA_ROOTS").map(Path::of))
                        .orElseThrow(
                                () ->
                                        new CommandFailed(
                                                "found --ca-address without --ca-roots; give a PEM file such as GET /lateen/v1/roots of the authority answers"));
        Optional<Path> token =
                Optional.ofNullable(joinToken)
                        .or(() -> surroundings.variable("LATEEN_JOIN_TOKEN_FILE").map(Path::of));
        return Optional.of(
                new Certificates(named.get(), trusted, token, KeptAlive.Preparation.NONE));
    }
}
