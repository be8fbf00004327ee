package io.lateen.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class PresentedTokenTest {

    @Test
    void isWhatFollowsBearer() {
        assertThat(PresentedToken.in("Bearer secret")).hasValue("secret");
        assertThat(PresentedToken.in("bearer  secret ")).hasValue("secret");
    }

    @Test
    void isThePasswordOfBasicWhateverTheUserIsCalled() {
        assertThat(PresentedToken.in(basic("lateen:secret"))).hasValue("secret");
        assertThat(PresentedToken.in(basic(":se:cret"))).hasValue("se:cret");
    }

    @Test
    void isNotThereInAnythingElse() {
        assertThat(PresentedToken.in(null)).isEmpty();
        assertThat(PresentedToken.in("Bearer ")).isEmpty();
        assertThat(PresentedToken.in(basic("secret"))).isEmpty();
        assertThat(PresentedToken.in(basic("lateen:"))).isEmpty();
        assertThat(PresentedToken.in("Basic !!!")).isEmpty();
        assertThat(PresentedToken.in("Digest username=a")).isEmpty();
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
}
