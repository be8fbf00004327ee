package io.lateen.cli.workload;

import io.lateen.cli.process.KeptAlive;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a program gets its certificate.
 *
 * @param authority {@code host:port} where the certificate authority takes requests
 * @param roots a PEM file with the roots that its own chain must end in
 * @param joinToken a file with a one-time token; empty if the program finds one in its environment
 * @param fresh puts a token there that has not been used: what a program has in memory is gone when
 *     it starts again
 */
public record Certificates(
        String authority, Path roots, Optional<Path> joinToken, KeptAlive.Preparation fresh) {

    /** A sidecar's arguments. */
    public List<String> sidecarArguments() {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("--ca-address", authority));
        arguments.addAll(List.of("--ca-roots", roots.toString()));
        joinToken.ifPresent(
                file -> arguments.addAll(List.of("--join-token-file", file.toString())));
        return arguments;
    }

    /** The arguments of a program of the control plane. */
    public List<String> serverArguments() {
        List<String> arguments = new ArrayList<>();
        arguments.add("--lateen.identity.ca-address=" + authority);
        arguments.add("--lateen.identity.ca-roots=" + roots);
        joinToken.ifPresent(file -> arguments.add("--lateen.identity.join-token-file=" + file));
        return arguments;
    }
}
