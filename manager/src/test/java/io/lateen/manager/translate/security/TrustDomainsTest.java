package io.lateen.manager.translate.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.model.identity.TrustDomain;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrustDomainsTest {

    private final TrustDomains trust =
            new TrustDomains(
                    new TrustDomain("new-td"),
                    List.of(new TrustDomain("old-td"), new TrustDomain("another")));

    @Test
    void letsAPrincipalOfOneStandForAll() {
        assertThat(trust.expand(List.of("old-td/ns/a/sa/b")))
                .containsExactly("new-td/ns/a/sa/b", "old-td/ns/a/sa/b", "another/ns/a/sa/b");
    }

    @Test
    void takesClusterLocalForTheMeshsOwn() {
        assertThat(trust.expand(List.of("cluster.local/ns/a/sa/*")))
                .containsExactly("new-td/ns/a/sa/*", "old-td/ns/a/sa/*", "another/ns/a/sa/*");
    }

    @Test
    void keepsAWildcardForThoseThatItCovers() {
        assertThat(trust.expand(List.of("*-td/ns/a/sa/b")))
                .containsExactly("*-td/ns/a/sa/b", "another/ns/a/sa/b");
    }

    @Test
    void keepsWhatNamesNoTrustDomainOfTheMesh() {
        assertThat(trust.expand(List.of("*", "*/ns/a/sa/b", "foreign/ns/a/sa/b", "*/sa/b")))
                .containsExactly("*", "*/ns/a/sa/b", "foreign/ns/a/sa/b", "*/sa/b");
    }
}
