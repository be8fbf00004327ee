package io.lateen.access;

import io.lateen.start.StartRefused;

/** REST would be served in plaintext to other hosts, and nobody said that this is meant. */
public final class PlaintextRefused extends StartRefused {
    private static final long serialVersionUID = 1L;

    PlaintextRefused(String address) {
        super(
                "REST would be served in plaintext on "
                        + address
                        + ", where others can read tokens; give a certificate with"
                        + " --server.ssl.bundle=rest and"
                        + " --spring.ssl.bundle.pem.rest.keystore.certificate=FILE and"
                        + " …private-key=FILE, or say --lateen.rest-plaintext=true where something in"
                        + " front encrypts.",
                null);
    }
}
