package io.lateen.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A certificate in files, named as Istio names them: {@code key.pem}, {@code cert-chain.pem},
 * {@code root-cert.pem}. For a program that may keep its certificate over a restart, and for
 * certificates of another authority. Blocking; one writer.
 *
 * @param folder made when the first certificate is saved, readable by its owner alone
 */
public record CertificateFolder(Path folder) {

    private static final String KEY = "key.pem";
    private static final String CHAIN = "cert-chain.pem";
    private static final String ROOTS = "root-cert.pem";

    /** Whether there is a certificate. */
    public boolean exists() {
        return Files.exists(folder.resolve(KEY)) && Files.exists(folder.resolve(CHAIN));
    }

    /**
     * Reads the certificate.
     *
     * @throws IOException if a file cannot be read
     * @throws GeneralSecurityException if one does not hold what it should
     */
    public WorkloadCertificate load() throws IOException, GeneralSecurityException {
        List<X509Certificate> chain = Pem.certificates(Files.readString(folder.resolve(CHAIN)));
        return WorkloadCertificate.of(
                Pem.privateKey(
                        chain.getFirst().getPublicKey().getAlgorithm(),
                        Files.readString(folder.resolve(KEY))),
                chain,
                Pem.certificates(Files.readString(folder.resolve(ROOTS))));
    }

    /** Saves a certificate, the key with mode 0600 from its first byte. */
    public void save(WorkloadCertificate certificate) throws IOException {
        Files.createDirectories(
                folder,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        // The key last: with a chain that is not the key's own, loading fails and a new one is
        // asked for.
        replace(ROOTS, Pem.write(certificate.roots()));
        replace(CHAIN, Pem.write(certificate.chain()));
        replace(KEY, Pem.write(certificate.key()));
    }

    private void replace(String name, String text) throws IOException {
        Path draft =
                Files.createTempFile(
                        folder,
                        "." + name,
                        "",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(draft, text);
            Files.move(
                    draft,
                    folder.resolve(name),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
