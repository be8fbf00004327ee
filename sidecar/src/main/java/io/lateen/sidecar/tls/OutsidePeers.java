package io.lateen.sidecar.tls;

import io.lateen.identity.PeerVerification.Peer;
import io.lateen.sidecar.plan.OutsideTrust;
import io.lateen.sidecar.plan.SubjectName;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;

/**
 * Peers outside the mesh: whose word is taken for them, and what they may be called, is told for
 * each listener and cluster. None of them has an identity of the mesh, whatever its certificate
 * says. Any thread may ask.
 */
final class OutsidePeers {

    private static final int NAMED = 3;

    private final OutsideTrust trust;
    private final List<X509Certificate> roots;
    private final ChainMemory<String> chains;

    /**
     * @param roots what {@code trust} names as such; of no meaning where it names none
     */
    OutsidePeers(OutsideTrust trust, List<X509Certificate> roots, InstantSource clock) {
        this.trust = trust;
        this.roots = List.copyOf(roots);
        this.chains = new ChainMemory<>(this::vet, clock);
    }

    /** Those whose word is taken: servers tell clients of them. */
    List<X509Certificate> roots() {
        return roots;
    }

    /**
     * Verifies a chain.
     *
     * @param shown as the peer sent it, leaf first
     * @return an element of {@code x-forwarded-client-cert}
     * @throws CertificateException saying what is wrong with it
     */
    String verify(Certificate[] shown, Peer peer) throws CertificateException {
        return chains.verify(shown, peer);
    }

    private String vet(List<X509Certificate> chain, Peer peer, Instant now)
            throws CertificateException {
        X509Certificate leaf = chain.getFirst();
        if (trust.roots() != null) {
            PublicPath.check(chain, roots, peer, now);
        }
        List<Name> names = names(leaf);
        checkNames(names);
        checkPins(leaf);
        StringJoiner forwarded = new StringJoiner(";");
        forwarded.add(ForwardedCertificate.of(leaf));
        for (Name name : names) {
            if (name.kind() == SubjectName.Kind.URI) {
                forwarded.add("URI=" + escaped(name.text()));
            } else if (name.kind() == SubjectName.Kind.DNS) {
                forwarded.add("DNS=" + escaped(name.text()));
            }
        }
        return forwarded.toString();
    }

    private record Name(SubjectName.Kind kind, String text) {}

    /** A name is text that somebody else chose: it never ends its own value. */
    private static String escaped(String text) {
        return text.chars().anyMatch(c -> c == ',' || c == ';' || c == '=' || c == '"')
                ? ForwardedCertificate.quoted(text)
                : text;
    }

    private static List<Name> names(X509Certificate leaf) throws CertificateParsingException {
        Collection<List<?>> all = leaf.getSubjectAlternativeNames();
        List<Name> names = new ArrayList<>();
        for (List<?> each : all == null ? List.<List<?>>of() : all) {
            for (SubjectName.Kind kind : SubjectName.Kind.values()) {
                if (each.get(0) instanceof Integer number
                        && number == kind.number()
                        && each.get(1) instanceof String text) {
                    names.add(new Name(kind, printable(text)));
                }
            }
        }
        return names;
    }

    /** A name that ends early for whoever reads it as C does is nobody's name. */
    private static String printable(String text) throws CertificateParsingException {
        if (!text.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new CertificateParsingException(
                    "peer's certificate: found a name with a character that is no printable ASCII");
        }
        return text;
    }

    private void checkNames(List<Name> names) throws CertificateException {
        if (trust.names().isEmpty()) {
            return;
        }
        for (SubjectName wanted : trust.names()) {
            for (Name name : names) {
                if (name.kind() == wanted.kind() && wanted.matches(name.text())) {
                    return;
                }
            }
        }
        throw new CertificateException(
                "peer's certificate: found the names %s, expected %s"
                        .formatted(
                                names.stream().map(Name::text).limit(NAMED).toList(),
                                Expected.text(
                                        trust.names().stream()
                                                .map(SubjectName::match)
                                                .distinct()
                                                .toList())));
    }

    private void checkPins(X509Certificate leaf) throws CertificateException {
        if (!trust.keys().isEmpty()) {
            String key =
                    Base64.getEncoder()
                            .encodeToString(
                                    ForwardedCertificate.sha256(leaf.getPublicKey().getEncoded()));
            if (!trust.keys().contains(key)) {
                throw new CertificateException(
                        "peer's certificate: its key has the hash " + key + ", which is not known");
            }
        }
        if (!trust.fingerprints().isEmpty()) {
            String hash = HexFormat.of().formatHex(ForwardedCertificate.sha256(leaf.getEncoded()));
            if (!trust.fingerprints().contains(hash)) {
                throw new CertificateException(
                        "peer's certificate: it has the hash " + hash + ", which is not known");
            }
        }
    }
}
