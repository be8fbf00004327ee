package io.lateen.sidecar.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.Pattern;
import io.lateen.sidecar.exchange.RequestHead;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TargetTest {

    @Test
    void rewritesTheMatchedPrefixAndKeepsRestAndQuery() {
        RequestHead head = RequestHead.of("GET", "shop", "/api/v1/items?page=2");

        new Rewrite(new PathEdit.MatchedPrefix(4, "/internal"), "backend:8080").apply(head);

        assertThat(head.target()).isEqualTo("/internal/v1/items?page=2");
        assertThat(head.authority()).isEqualTo("backend:8080");
    }

    @Test
    void rewritesByExpressionWithGroups() {
        PathEdit edit =
                PathEdit.Found.of(Pattern.compile("^/service/([^/]+)(/.*)$"), "\\2/instance/\\1");

        assertThat(edit.apply("/service/foo/v1/api")).isEqualTo("/v1/api/instance/foo");
        assertThat(edit.apply("/other")).isEqualTo("/other");
    }

    @Test
    void refusesASubstitutionWithAGroupThatIsNotThere() {
        assertThatThrownBy(() -> PathEdit.Found.of(Pattern.compile("(a)"), "\\2"))
                .hasMessageContaining("from 0 to 1");
    }

    @Test
    void redirectsToAnotherHostWithoutItsPort() {
        assertThat(location(null, "newhost", -1, "reviews:9080", "/a?b=c"))
                .isEqualTo("http://newhost/a?b=c");
    }

    @Test
    void keepsAPortThatIsNotTheDefaultWhenTheHostStays() {
        assertThat(location(null, null, -1, "reviews:9080", "/")).isEqualTo("http://reviews:9080/");
    }

    @Test
    void neverPrintsADefaultPort() {
        assertThat(location("https", null, 443, "reviews:9080", "/")).isEqualTo("https://reviews/");
        assertThat(location("https", null, -1, "reviews:80", "/")).isEqualTo("https://reviews/");
        assertThat(location(null, "h", 80, "reviews", "/")).isEqualTo("http://h/");
        assertThat(location(null, null, 8443, "reviews:80", "/")).isEqualTo("http://reviews:8443/");
    }

    @Test
    void aPathWithAQueryOfItsOwnReplacesTheQuery() {
        Redirect redirect =
                new Redirect(302, null, null, -1, new PathEdit.Whole("/new?fixed=1"), false);

        assertThat(redirect.location(RequestHead.of("GET", "h", "/old?a=b")))
                .isEqualTo("http://h/new?fixed=1");
    }

    @Test
    void readsAuthorities() {
        assertThat(Authority.parse("reviews:9080")).isEqualTo(new Authority("reviews", 9080));
        assertThat(Authority.parse("reviews")).isEqualTo(new Authority("reviews", -1));
        assertThat(Authority.parse("[::1]:80")).isEqualTo(new Authority("[::1]", 80));
        assertThat(Authority.parse("[::1]")).isEqualTo(new Authority("[::1]", -1));
        assertThat(Authority.parse("a:b")).isEqualTo(new Authority("a", -1));
        assertThat(Authority.parse("a:70000").port()).isEqualTo(-1);
    }

    private static String location(
            @Nullable String scheme, @Nullable String host, int port, String asked, String target) {
        return new Redirect(301, scheme, host, port, PathEdit.Unchanged.INSTANCE, false)
                .location(RequestHead.of("GET", asked, target));
    }
}
