package io.lateen.model.naming;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostnameTest {

    @ParameterizedTest
    @CsvSource({
        "a.foo.com,      a.foo.com,   true",
        "A.Foo.com,      a.foo.com,   true",
        "a.foo.com,      b.foo.com,   false",
        "*.foo.com,      a.foo.com,   true",
        "a.foo.com,      *.foo.com,   true",
        "*.foo.com,      foo.com,     false",
        "*.foo.com,      *.com,       true",
        "*.com,          *.foo.com,   true",
        "*.foo.com,      *.bar.com,   false",
        "*,              foo.com,     true",
        "*,              *.com,       true",
        "*foo.com,       barfoo.com,  true",
    })
    void matchesWhatBothCover(String left, String right, boolean expected) {
        assertThat(new Hostname(left).matches(new Hostname(right))).isEqualTo(expected);
        assertThat(new Hostname(right).matches(new Hostname(left)))
                .as("matching is symmetric")
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "a.foo.com,  *.foo.com,  true",
        "*.foo.com,  a.foo.com,  false",
        "*.foo.com,  *.com,      true",
        "*.com,      *.foo.com,  false",
        "foo.com,    *.foo.com,  false",
        "foo.com,    *,          true",
        "*,          foo.com,    false",
        "*,          *,          true",
    })
    void isASubsetOfWhatCoversAllOfIt(String left, String right, boolean expected) {
        assertThat(new Hostname(left).subsetOf(new Hostname(right))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "reviews,              reviews.default.svc.cluster.local",
        "reviews.prod,         reviews.prod",
        "www.example.com,      www.example.com",
        "*,                    *",
        "*.example.com,        *.example.com",
        "2001:db8::1,          2001:db8::1",
    })
    void resolvesOnlyNamesWithoutADot(String written, String expected) {
        assertThat(Hostname.resolve(written, "default", "cluster.local").value())
                .isEqualTo(expected);
    }

    @Test
    void sortsFromSpecificToGeneral() {
        List<Hostname> hosts =
                List.of("*", "*.com", "b.com", "a.com", "*.foo.com", "long.foo.com").stream()
                        .map(Hostname::new)
                        .sorted(Hostname.MOST_SPECIFIC_FIRST)
                        .toList();

        assertThat(hosts)
                .extracting(Hostname::value)
                .containsExactly("long.foo.com", "a.com", "b.com", "*.foo.com", "*.com", "*");
    }
}
