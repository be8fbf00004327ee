package io.lateen.model.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpiffeIdTest {

    private static final SpiffeId REVIEWS =
            new SpiffeId(TrustDomain.DEFAULT, "default", "bookinfo-reviews");

    @Test
    void isWrittenAsIstioWritesIt() {
        assertThat(REVIEWS).hasToString("spiffe://cluster.local/ns/default/sa/bookinfo-reviews");
    }

    @Test
    void readsWhatItWrites() {
        assertThat(SpiffeId.parse(REVIEWS.toString())).contains(REVIEWS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "spiffe://",
                "spiffe://cluster.local",
                "spiffe://cluster.local/ns/default",
                "spiffe://cluster.local/ns/default/sa/",
                "spiffe://cluster.local/ns//sa/reviews",
                "spiffe://cluster.local/ns/default/sa/reviews/",
                "spiffe://cluster.local/ns/default/sa/reviews/more",
                "spiffe://cluster.local/sa/default/ns/reviews",
                "spiffe://Cluster.local/ns/default/sa/reviews",
                "spiffe://user@cluster.local/ns/default/sa/reviews",
                "spiffe://cluster.local:80/ns/default/sa/reviews",
                "spiffe://cluster.local/ns/default/sa/../reviews",
                "spiffe://cluster.local/ns/../sa/reviews",
                "spiffe://cluster.local/ns/default/sa/re views",
                "spiffe://cluster.local/ns/default/sa/reviews?x",
                "https://cluster.local/ns/default/sa/reviews",
                "SPIFFE://cluster.local/ns/default/sa/reviews"
            })
    void doesNotReadWhatIsNoIdentity(String text) {
        assertThat(SpiffeId.parse(text)).isEmpty();
    }

    @Test
    void isNeverMadeOfPartsThatWouldReadAsAnother() {
        assertThatThrownBy(() -> new SpiffeId(TrustDomain.DEFAULT, "a/sa/b", "c"))
                .hasMessageContaining("namespace: found 'a/sa/b'");
        assertThatThrownBy(() -> new TrustDomain("cluster.local/ns"))
                .hasMessageContaining("found 'cluster.local/ns'");
    }
}
