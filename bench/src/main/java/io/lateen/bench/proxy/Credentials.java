package io.lateen.bench.proxy;

import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Who is who where a run encrypts: a root, two workloads and a manager that it vouches for, in
 * force for a day. ECDSA on P-256, as the mesh's own authority issues them; made by openssl.
 *
 * @param folder with {@code root.pem} and, for each workload, {@code key.pem}, {@code
 *     cert-chain.pem} and {@code root-cert.pem}
 */
public record Credentials(Path folder) {

    /** The workload that calls. */
    public static final String CALLER = "bench";

    /** The workload that is called. */
    public static final String CALLED = "reviews";

    /** The manager, which a sidecar wants to see a certificate of. */
    static final String MANAGER = "lateen-manager";

    /** Makes all of them in a new folder. */
    static Credentials make(Path folder) {
        Credentials credentials = new Credentials(folder);
        try {
            Files.createDirectories(folder);
            credentials.makeRoot();
            credentials.issue(CALLER);
            credentials.issue(CALLED);
            credentials.issue(MANAGER);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make certificates in " + folder, e);
        }
        return credentials;
    }

    static String identity(String workload) {
        String namespace = workload.equals(MANAGER) ? "lateen-system" : "default";
        return "spiffe://cluster.local/ns/" + namespace + "/sa/" + workload;
    }

    public Path roots() {
        return folder.resolve("root.pem");
    }

    /** The certificates that a workload shows, its own first. */
    public Path chain(String workload) {
        return of(workload).resolve("cert-chain.pem");
    }

    public Path key(String workload) {
        return of(workload).resolve("key.pem");
    }

    /** Chain and key in one file, as HAProxy reads them. */
    Path both(String workload) {
        return of(workload).resolve("both.pem");
    }

    /** A workload's own folder, as its sidecar keeps it. */
    Path of(String workload) {
        return folder.resolve(workload);
    }

    /** What the control plane shows and asks for. */
    ServerCredentials ofManager() {
        try {
            return TlsServerCredentials.newBuilder()
                    .keyManager(chain(MANAGER).toFile(), key(MANAGER).toFile())
                    .trustManager(roots().toFile())
                    .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the manager's certificate", e);
        }
    }

    private void makeRoot() {
        newKey(folder.resolve("root-key.pem"));
        openssl(
                "req",
                "-x509",
                "-new",
                "-key",
                "root-key.pem",
                "-days",
                "30",
                "-subj",
                "/O=bench",
                "-addext",
                "keyUsage=critical,keyCertSign",
                "-out",
                "root.pem");
    }

    private void issue(String workload) throws IOException {
        Files.createDirectories(of(workload));
        newKey(key(workload));
        Path request = of(workload).resolve("request.pem");
        Path extensions =
                Commands.write(
                        of(workload).resolve("extensions"),
                        """
                        basicConstraints=critical,CA:FALSE
                        keyUsage=critical,digitalSignature
                        extendedKeyUsage=clientAuth,serverAuth
                        subjectAltName=critical,URI:%s
                        """
                                .formatted(identity(workload)));
        openssl(
                "req",
                "-new",
                "-key",
                key(workload).toString(),
                "-subj",
                "/",
                "-out",
                request.toString());
        openssl(
                "x509",
                "-req",
                "-in",
                request.toString(),
                "-CA",
                "root.pem",
                "-CAkey",
                "root-key.pem",
                "-CAcreateserial",
                "-days",
                "1",
                "-extfile",
                extensions.toString(),
                "-out",
                chain(workload).toString());
        Files.copy(roots(), of(workload).resolve("root-cert.pem"));
        Commands.write(
                both(workload),
                Files.readString(chain(workload)) + Files.readString(key(workload)));
    }

    private void newKey(Path file) {
        openssl(
                "genpkey",
                "-algorithm",
                "EC",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-out",
                file.toString());
    }

    private void openssl(String... arguments) {
        Commands.run(folder, "openssl", List.of(arguments));
    }
}
