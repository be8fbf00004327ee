package io.lateen.samples.bookinfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

    @Test
    void takesItsAddressNameAndProxyFromTheEnvironment() {
        Settings settings =
                Settings.parse(
                        new String[] {"reviews", "v2"},
                        Map.of(
                                "BIND_ADDRESS", "127.0.1.5",
                                "PORT", "9081",
                                "HTTP_PROXY", "http://127.0.1.5:15001"));

        assertThat(settings.listen()).isEqualTo(new InetSocketAddress("127.0.1.5", 9081));
        assertThat(settings.instance().pod()).isEqualTo("reviews-v2-127.0.1.5");
        assertThat(settings.proxy()).contains(URI.create("http://127.0.1.5:15001"));
        assertThat(settings.backends())
                .containsEntry(Role.RATINGS, URI.create("http://ratings:9080"));
    }

    @Test
    void refusesARoleAVersionAndAPortThatItDoesNotKnow() {
        assertThatThrownBy(() -> Settings.parse(new String[] {"prices"}, Map.of()))
                .hasMessageContaining("productpage, details, reviews, ratings");
        assertThatThrownBy(() -> Settings.parse(new String[] {"reviews", "v4"}, Map.of()))
                .hasMessageContaining("expected v1, v2 or v3");
        assertThatThrownBy(() -> Settings.parse(new String[] {"ratings"}, Map.of("PORT", "70000")))
                .hasMessageContaining("expected a number from 0 to 65535");
    }
}
