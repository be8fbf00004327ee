package io.lateen.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.lateen.identity.PeerVerification.Peer;
import io.lateen.model.identity.SpiffeId;
import io.lateen.model.identity.TrustDomain;
import io.lateen.testkit.certificate.ScriptedAuthority;
import io.lateen.testkit.certificate.ScriptedAuthority.Wish;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PeerVerificationTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final SpiffeId REVIEWS =
            new SpiffeId(TrustDomain.DEFAULT, "default", "bookinfo-reviews");
    private static final ScriptedAuthority AUTHORITY = ScriptedAuthority.root("cluster.local", NOW);
    private static final Wish GOOD = Wish.workload(REVIEWS.toString(), NOW);

    @ParameterizedTest
    @EnumSource(Peer.class)
    void tellsWhoAPeerIs(Peer peer) throws CertificateException {
        assertThat(verify(AUTHORITY.issue(GOOD).chain(), peer)).isEqualTo(REVIEWS);
    }

    @Test
    void takesAChainOverAnotherAuthorityAndWithItsRoot() throws CertificateException {
        ScriptedAuthority below = AUTHORITY.intermediate("below", NOW);
        List<X509Certificate> chain = below.issue(GOOD).chain();

        assertThat(chain).hasSize(2);
        assertThat(verify(chain, Peer.CLIENT)).isEqualTo(REVIEWS);
        assertThat(
                        verify(
                                List.of(chain.get(0), chain.get(1), AUTHORITY.certificate()),
                                Peer.CLIENT))
                .isEqualTo(REVIEWS);
    }

    @Test
    void takesEitherOfTwoRoots() throws CertificateException {
        ScriptedAuthority next = ScriptedAuthority.root("cluster.local", NOW);
        List<X509Certificate> both = List.of(AUTHORITY.certificate(), next.certificate());

        assertThat(PeerVerification.verify(next.issue(GOOD).chain(), both, Peer.SERVER, NOW))
                .isEqualTo(REVIEWS);
        assertThat(PeerVerification.verify(AUTHORITY.issue(GOOD).chain(), both, Peer.SERVER, NOW))
                .isEqualTo(REVIEWS);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void refuses(String why, List<X509Certificate> chain, String message) {
        assertThatThrownBy(() -> verify(chain, Peer.SERVER))
                .as(why)
                .isInstanceOf(CertificateException.class)
                .hasMessageContaining(message);
    }

    static Stream<Arguments> refusals() {
        ScriptedAuthority foreign = ScriptedAuthority.root("cluster.local", NOW);
        ScriptedAuthority below = AUTHORITY.intermediate("below", NOW);
        List<X509Certificate> leafAlone = below.issue(GOOD).chain().subList(0, 1);
        return Stream.of(
                arguments("no certificate", List.of(), "found a chain of 0"),
                arguments(
                        "run out",
                        AUTHORITY
                                .issue(GOOD.between(NOW.minusSeconds(60), NOW.minusSeconds(1)))
                                .chain(),
                        "compare the clocks"),
                arguments(
                        "not yet in force",
                        AUTHORITY
                                .issue(GOOD.between(NOW.plusSeconds(5), NOW.plusSeconds(60)))
                                .chain(),
                        "compare the clocks"),
                arguments("foreign root", foreign.issue(GOOD).chain(), "not vouched for"),
                arguments("link missing", leafAlone, "not vouched for"),
                arguments(
                        "the root itself", List.of(AUTHORITY.certificate()), "found an authority"),
                arguments(
                        "an authority",
                        AUTHORITY.issue(GOOD.asAuthority()).chain(),
                        "found an authority"),
                arguments(
                        "two URIs",
                        AUTHORITY.issue(GOOD.withUris(REVIEWS.toString(), REVIEWS + "2")).chain(),
                        "expected one spiffe://"),
                arguments(
                        "a DNS name alone",
                        AUTHORITY.issue(GOOD.withUris().withDnsNames("reviews")).chain(),
                        "found the URI names []"),
                arguments(
                        "no SPIFFE ID",
                        AUTHORITY.issue(GOOD.withUris("https://reviews/")).chain(),
                        "found the URI names [https://reviews/]"),
                arguments(
                        "for clients alone",
                        AUTHORITY.issue(GOOD.onlyFor(true, false)).chain(),
                        "for a SERVER"));
    }

    private static SpiffeId verify(List<X509Certificate> chain, Peer peer)
            throws CertificateException {
        return PeerVerification.verify(chain, List.of(AUTHORITY.certificate()), peer, NOW);
    }
}
