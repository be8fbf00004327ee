package io.lateen.manager.api.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which objects a selector selects. */
final class SelectorTest {
    private static final Map<String, String> LABELS =
            Map.of("app", "reviews", "version", "v2", "istio.io/rev", "");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ''                                 | true
                    app=reviews                        | true
                    app==reviews,version=v2            | true
                    app=reviews, version!=v2           | false
                    app!=ratings                       | true
                    tier!=back                         | true
                    version in (v1, v2)                | true
                    version in (v1)                    | false
                    version notin (v1,v3),app          | true
                    tier notin (x)                     | true
                    app                                | true
                    tier                               | false
                    !tier                              | true
                    !app                               | false
                    istio.io/rev=                      | true
                    """)
    void selectsByLabels(String selector, boolean selected) throws MalformedSelector {
        assertThat(LabelSelector.parse(selector).matches(LABELS)).isEqualTo(selected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"=", "a=b=c", "a in", "a in (b", "a,,b", "a b", "(a)", "a>1"})
    void refusesWhatIsNoSelector(String selector) {
        assertThatThrownBy(() -> LabelSelector.parse(selector))
                .isInstanceOf(MalformedSelector.class)
                .hasMessageContaining("expected");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ''                                         | true
                    metadata.name=a                            | true
                    metadata.name!=a                           | false
                    metadata.name=a,metadata.namespace==shop   | true
                    metadata.namespace!=shop                   | false
                    """)
    void selectsByFields(String selector, boolean selected) throws MalformedSelector {
        assertThat(FieldSelector.parse(selector).matches("shop", "a")).isEqualTo(selected);
    }

    @Test
    void carriesAPageToTheNext() throws MalformedSelector {
        var token = new ContinueToken(17, "shop", "b");

        ContinueToken read = ContinueToken.parse(token.text());

        assertThat(read).isEqualTo(token);
        assertThat(read.isBefore("shop", "c")).isTrue();
        assertThat(read.isBefore("shop", "b")).isFalse();
        assertThat(read.isBefore("toys", "a")).isTrue();
        assertThat(read.isBefore("default", "z")).isFalse();
    }
}
