package io.lateen.sidecar.plan;

import java.nio.file.Path;

/**
 * Where a certificate and its key are kept on this machine. The key is read there and nowhere else:
 * it never comes over the network.
 */
public sealed interface CertificatePlace {

    /**
     * In the folder of credentials.
     *
     * @param name of a folder in it: letters, digits, dots, dashes and underscores
     */
    record Credential(String name) implements CertificatePlace {

        @Override
        public String toString() {
            return "credential " + name;
        }
    }

    /**
     * In files of their own.
     *
     * @param chain PEM, the server's or client's certificate first
     * @param key PEM
     */
    record Files(Path chain, Path key) implements CertificatePlace {

        @Override
        public String toString() {
            return "certificate " + chain;
        }
    }
}
