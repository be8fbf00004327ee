package io.lateen.sidecar.tls;

import io.lateen.identity.LiveCertificate;
import io.lateen.identity.WorkloadCertificate;
import io.lateen.testkit.certificate.ScriptedAuthority;
import java.security.cert.CertificateException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** A mesh's root, and workloads that it vouches for. */
public final class Workloads {

    private final ScriptedAuthority root;

    public Workloads() {
        root = ScriptedAuthority.root("mesh", now());
    }

    private static Instant now() {
        return InstantSource.system().instant();
    }

    public ScriptedAuthority root() {
        return root;
    }

    /** {@code spiffe://cluster.local/ns/default/sa/<account>}. */
    public static String identity(String account) {
        return "spiffe://cluster.local/ns/default/sa/" + account;
    }

    /** A fresh certificate of an account in the namespace default, good for an hour. */
    public WorkloadCertificate certificate(String account) {
        return certificate(ScriptedAuthority.Wish.workload(identity(account), now()));
    }

    /** A certificate as wished. */
    public WorkloadCertificate certificate(ScriptedAuthority.Wish wish) {
        ScriptedAuthority.Leaf leaf = root.issue(wish);
        try {
            return WorkloadCertificate.of(leaf.key(), leaf.chain(), List.of(root.certificate()));
        } catch (CertificateException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** An account's certificate that can be renewed. */
    public LiveCertificate live(String account) {
        return new LiveCertificate(certificate(account));
    }

    /** The identity of an account. */
    public Tls tls(String account) {
        return Tls.of(live(account), InstantSource.system());
    }
}
