package io.lateen.sidecar.transport;

import io.lateen.identity.Pem;
import io.lateen.testkit.certificate.ScriptedAuthority;
import io.lateen.testkit.certificate.ScriptedAuthority.Leaf;
import io.lateen.testkit.certificate.ScriptedAuthority.Wish;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.InstantSource;

/** An authority that those outside the mesh trust, and a folder of credentials by it. */
final class Public {
    private final Path folder;
    private final ScriptedAuthority root;

    Public(Path folder, String name) {
        this.folder = folder;
        this.root = ScriptedAuthority.root(name, now());
        write(folder.resolve(name + ".pem"), Pem.write(root.certificate()));
    }

    static Instant now() {
        return InstantSource.system().instant();
    }

    ScriptedAuthority root() {
        return root;
    }

    /** For servers and clients, by these names. */
    static Wish named(String... dns) {
        return Wish.workload("unused:", now()).withUris().withDnsNames(dns);
    }

    /** Puts a credential for these names into the folder, or renews it. */
    Path credential(String name, String... dns) {
        return credential(name, root.issue(named(dns)));
    }

    /** Puts a credential into the folder: the key first, as a careless script does. */
    Path credential(String name, Leaf leaf) {
        Path at = folder.resolve(name);
        write(at.resolve("tls.key"), Pem.write(leaf.key()));
        write(at.resolve("tls.crt"), Pem.write(leaf.chain()));
        return at;
    }

    /** Names those who vouch for the clients of a credential. */
    void vouchFor(String name, ScriptedAuthority clients) {
        write(folder.resolve(name).resolve("ca.crt"), Pem.write(clients.certificate()));
    }

    static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Path draft = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), text);
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
