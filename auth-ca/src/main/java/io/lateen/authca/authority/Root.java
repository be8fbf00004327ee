package io.lateen.authca.authority;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/**
 * The root of a mesh.
 *
 * @param key signs; never leaves this process but sealed
 */
record Root(X509Certificate certificate, PrivateKey key) {

    /** Without the key. */
    @Override
    public String toString() {
        return "Root[" + certificate.getSerialNumber().toString(16) + "]";
    }
}
