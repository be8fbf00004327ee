package io.lateen.sidecar.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lateen.identity.PeerVerification.Peer;
import io.lateen.testkit.certificate.ScriptedAuthority;
import io.lateen.testkit.certificate.ScriptedAuthority.Wish;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KnownPeersTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final String REVIEWS = Workloads.identity("reviews");
    private static final ScriptedAuthority ROOT = ScriptedAuthority.root("mesh", NOW);

    private Instant now = NOW;
    private final KnownPeers peers = new KnownPeers(List.of(ROOT.certificate()), () -> now);

    private static Certificate[] chain(ScriptedAuthority by, Wish wish) {
        return by.issue(wish).chain().toArray(X509Certificate[]::new);
    }

    private static Wish reviews() {
        return Wish.workload(REVIEWS, NOW);
    }

    @Test
    void verifiesAChainOnceHoweverOftenItIsShown() throws CertificateException {
        Certificate[] chain = chain(ROOT, reviews());

        KnownPeers.Known first = peers.verify(chain, Peer.CLIENT);
        KnownPeers.Known second = peers.verify(chain.clone(), Peer.CLIENT);

        assertThat(first.identity()).hasToString(REVIEWS);
        assertThat(second).isSameAs(first);
        assertThat(peers.verified()).isOne();
    }

    @Test
    void takesAChainByAnIntermediate() throws CertificateException {
        Certificate[] chain = chain(ROOT.intermediate("issuing", NOW), reviews());

        assertThat(chain).hasSize(2);
        assertThat(peers.verify(chain, Peer.SERVER).identity()).hasToString(REVIEWS);
    }

    @Test
    void neverTakesAKnownChainThatHasRunOut() throws CertificateException {
        Certificate[] chain = chain(ROOT, reviews().between(NOW, NOW.plusSeconds(60)));
        var _ = peers.verify(chain, Peer.CLIENT);

        now = NOW.plusSeconds(61);

        assertThatThrownBy(() -> peers.verify(chain, Peer.CLIENT))
                .isInstanceOf(CertificateException.class)
                .hasMessageContaining("valid from 2026-11-24T12:00:00Z to 2026-11-24T12:01:00Z");
    }

    @Test
    void doesNotTakeAClientsCertificateForAServersBecauseItKnowsIt() throws CertificateException {
        Certificate[] chain = chain(ROOT, reviews().onlyFor(true, false));
        var _ = peers.verify(chain, Peer.CLIENT);

        assertThatThrownBy(() -> peers.verify(chain, Peer.SERVER))
                .isInstanceOf(CertificateException.class)
                .hasMessageContaining("extended key usages");
    }

    @Test
    void saysWhatTheNextHopMayKnow() throws CertificateException {
        assertThat(peers.verify(chain(ROOT, reviews()), Peer.CLIENT).forwarded())
                .matches("Hash=[0-9a-f]{64};Subject=\"\";URI=" + REVIEWS);
    }

    record Refused(String why, List<Certificate> chain) {

        Refused(String why, Certificate... chain) {
            this(why, List.of(chain));
        }

        @Override
        public String toString() {
            return why;
        }
    }

    static Stream<Refused> everyRefusal() {
        ScriptedAuthority stranger = ScriptedAuthority.root("mesh", NOW);
        ScriptedAuthority late = ROOT.intermediate("late", NOW.minus(Duration.ofDays(60)));
        return Stream.of(
                new Refused("found a chain of 0", new Certificate[0]),
                new Refused("not vouched for", chain(stranger, reviews())),
                new Refused("not vouched for", chain(late, reviews())),
                new Refused(
                        "valid from",
                        chain(ROOT, reviews().between(NOW.minusSeconds(9), NOW.minusSeconds(1)))),
                new Refused(
                        "valid from",
                        chain(ROOT, reviews().between(NOW.plusSeconds(1), NOW.plusSeconds(9)))),
                new Refused("found an authority's", chain(ROOT, reviews().asAuthority())),
                new Refused("extended key usages", chain(ROOT, reviews().onlyFor(false, true))),
                new Refused(
                        "found the URI names",
                        chain(ROOT, reviews().withUris(REVIEWS, Workloads.identity("admin")))),
                new Refused(
                        "found the URI names",
                        chain(ROOT, reviews().withUris("spiffe://cluster.local/ns/a/../sa/b"))),
                new Refused(
                        "found the URI names",
                        chain(ROOT, reviews().withUris("https://cluster.local/ns/a/sa/b"))),
                new Refused(
                        "found the URI names []",
                        chain(ROOT, reviews().withUris().withDnsNames("reviews.default"))));
    }

    @ParameterizedTest
    @MethodSource("everyRefusal")
    void refuses(Refused each) {
        String why = each.why().replace("found a chain of 0", "found none");

        assertThatThrownBy(
                        () -> peers.verify(each.chain().toArray(Certificate[]::new), Peer.CLIENT))
                .isInstanceOf(CertificateException.class)
                .hasMessageContaining(why);
        assertThat(peers.verified()).isZero();
    }
}
