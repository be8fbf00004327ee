package io.lateen.sidecar.credential;

import com.google.protobuf.ByteString;
import io.lateen.identity.Pem;
import io.lateen.sidecar.plan.CertificatePlace;
import io.lateen.sidecar.plan.RootsPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The places that the plan in force names. A place that becomes faulty keeps its last good content:
 * a renewal that fails half-way breaks nothing. {@link #want} and {@link #look} block and belong to
 * the configuration thread; all else may be asked by any thread.
 */
public final class Credentials {

    /** What the files of a credential are called: Kubernetes' names, then Istio's older ones. */
    private static final List<String> CHAINS = List.of("tls.crt", "cert");

    private static final List<String> KEYS = List.of("tls.key", "key");
    private static final List<String> ROOTS = List.of("ca.crt", "cacert");
    private static final List<String> STAPLES = List.of("tls.ocsp", "tls.ocsp-staple");

    /** Nobody needs more, and a file that is larger is no certificate. */
    private static final long MOST_BYTES = 4 << 20;

    private final @Nullable Path folder;
    private final List<Path> systemRoots;
    private final Map<CertificatePlace, Watched<ShownCertificate>> certificates =
            new ConcurrentHashMap<>();
    private final Map<RootsPlace, Watched<List<X509Certificate>>> roots = new ConcurrentHashMap<>();

    /**
     * Nothing read yet.
     *
     * @param folder of the credentials; null where there is none
     * @param systemRoots where the operating system's may be, the first that exists counts
     */
    public Credentials(@Nullable Path folder, List<Path> systemRoots) {
        this.folder = folder;
        this.systemRoots = List.copyOf(systemRoots);
    }

    /** Forgets all but these places. */
    public void keep(Set<CertificatePlace> wanted, Set<RootsPlace> wantedRoots) {
        certificates.keySet().retainAll(wanted);
        roots.keySet().retainAll(wantedRoots);
    }

    /** Reads those of these places that are not known yet. */
    public void want(Set<CertificatePlace> wanted, Set<RootsPlace> wantedRoots) {
        for (CertificatePlace place : wanted) {
            if (!certificates.containsKey(place)) {
                Watched<ShownCertificate> watched = watched(place);
                watched.look();
                certificates.put(place, watched);
            }
        }
        for (RootsPlace place : wantedRoots) {
            if (!roots.containsKey(place)) {
                Watched<List<X509Certificate>> watched = watched(place);
                watched.look();
                roots.put(place, watched);
            }
        }
    }

    /** Looks at every place; tells whether one has changed. */
    public boolean look() {
        boolean changed = false;
        for (Watched<?> each : certificates.values()) {
            changed |= each.look();
        }
        for (Watched<?> each : roots.values()) {
            changed |= each.look();
        }
        return changed;
    }

    /** What a place holds. */
    public Held<ShownCertificate> of(CertificatePlace place) {
        Watched<ShownCertificate> watched = certificates.get(place);
        return watched == null ? unknown() : watched.held();
    }

    /** What a place holds. */
    public Held<List<X509Certificate>> of(RootsPlace place) {
        Watched<List<X509Certificate>> watched = roots.get(place);
        return watched == null ? unknown() : watched.held();
    }

    private static <T> Held<T> unknown() {
        return new Held<>(null, "it is not of the configuration in force");
    }

    /** What is wrong with places, by their names. */
    public Map<String, String> faults() {
        Map<String, String> faults = new TreeMap<>();
        certificates.forEach((place, watched) -> addFault(place, watched, faults));
        roots.forEach((place, watched) -> addFault(place, watched, faults));
        return faults;
    }

    private static void addFault(Object place, Watched<?> watched, Map<String, String> faults) {
        String fault = watched.held().fault();
        if (fault != null) {
            faults.put(place.toString(), fault);
        }
    }

    private Watched<ShownCertificate> watched(CertificatePlace place) {
        return switch (place) {
            case CertificatePlace.Files(Path chain, Path key) ->
                    new Watched<>(
                            List.of(chain, key, beside(chain)),
                            () -> certificate(chain, key, beside(chain)));
            case CertificatePlace.Credential(String name) -> {
                List<Path> files = new ArrayList<>();
                for (List<String> names : List.of(CHAINS, KEYS, STAPLES)) {
                    files.addAll(in(name, names));
                }
                yield new Watched<>(
                        files,
                        () -> certificate(first(name, CHAINS), first(name, KEYS), staple(name)));
            }
        };
    }

    private Watched<List<X509Certificate>> watched(RootsPlace place) {
        return switch (place) {
            case RootsPlace.File(Path path) ->
                    new Watched<>(List.of(path), () -> Pem.certificates(text(path)));
            case RootsPlace.OfSystem() ->
                    new Watched<>(systemRoots, () -> Pem.certificates(text(systemRoots())));
            case RootsPlace.Credential(String name) -> {
                // Istio's second secret, where a person may read authorities and not the key.
                String apart = name + "-cacert";
                List<Path> files = new ArrayList<>(in(name, ROOTS));
                files.addAll(in(apart, ROOTS));
                yield new Watched<>(
                        files,
                        () ->
                                Pem.certificates(
                                        text(
                                                in(apart, ROOTS).stream().anyMatch(Files::exists)
                                                        ? first(apart, ROOTS)
                                                        : first(name, ROOTS))));
            }
        };
    }

    private Path systemRoots() throws IOException {
        for (Path each : systemRoots) {
            if (Files.exists(each)) {
                return each;
            }
        }
        throw new IOException(
                "found none of %s; install ca-certificates, or set SSL_CERT_FILE"
                        .formatted(systemRoots));
    }

    private List<Path> in(String name, List<String> files) {
        Path all = folder;
        return all == null
                ? List.of()
                : files.stream().map(file -> all.resolve(name).resolve(file)).toList();
    }

    private Path first(String name, List<String> files) throws IOException {
        if (folder == null) {
            throw new IOException(
                    "this proxy was started without a folder of credentials; start it with"
                            + " --credentials and a folder that holds "
                            + name);
        }
        for (Path each : in(name, files)) {
            if (Files.exists(each)) {
                return each;
            }
        }
        throw new IOException(
                "found no file %s; put it there, it is looked for every second"
                        .formatted(in(name, files).getFirst()));
    }

    private @Nullable Path staple(String name) {
        return in(name, STAPLES).stream().filter(Files::exists).findFirst().orElse(null);
    }

    /** {@code shop.ocsp} beside {@code shop.crt}. */
    private static Path beside(Path chain) {
        String name = String.valueOf(chain.getFileName());
        int dot = name.lastIndexOf('.');
        return chain.resolveSibling((dot < 0 ? name : name.substring(0, dot)) + ".ocsp");
    }

    private static ShownCertificate certificate(Path chain, Path key, @Nullable Path staple)
            throws IOException, GeneralSecurityException {
        List<X509Certificate> certificates = Pem.certificates(text(chain));
        PrivateKey read = KeyText.read(text(key), certificates.getFirst().getPublicKey());
        ByteString word =
                staple != null && Files.exists(staple)
                        ? ByteString.copyFrom(Files.readAllBytes(staple))
                        : ByteString.EMPTY;
        return new ShownCertificate(certificates, read, word);
    }

    private static String text(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new IOException(
                    "found no file " + file + "; put it there, it is looked for every second");
        }
        if (Files.size(file) > MOST_BYTES) {
            throw new IOException(file + " is larger than 4 MiB");
        }
        return Files.readString(file);
    }

    /** Where Linux distributions keep the authorities that they trust. */
    public static List<Path> usualRoots() {
        return List.of(
                Path.of("/etc/ssl/certs/ca-certificates.crt"),
                Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
                Path.of("/etc/ssl/ca-bundle.pem"),
                Path.of("/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem"),
                Path.of("/etc/ssl/cert.pem"));
    }
}
