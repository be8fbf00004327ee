package io.lateen.sidecar.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderListTest {

    private final HeaderList list = new HeaderList(1);

    @Test
    void keepsLinesInTheirOrderBehindThePseudoHeaders() {
        add("accept", "a");
        add(":path", "/reviews");
        add("accept", "b");
        add(":method", "GET");
        add("x-one", "1");
        add("x-two", "2");
        add("x-three", "3");

        assertThat(lines())
                .containsExactly(
                        ":method=GET",
                        ":path=/reviews",
                        "accept=a",
                        "accept=b",
                        "x-one=1",
                        "x-two=2",
                        "x-three=3");
        assertThat(list.size()).isEqualTo(7);
        assertThat(list.count()).isEqualTo(5);
        assertThat(list.getAll("accept")).extracting(Object::toString).containsExactly("a", "b");
        assertThat(list.getAll("x-none")).isEmpty();
        assertThat(list.get(":path")).hasToString("/reviews");
        assertThat(list.get("x-two")).hasToString("2");
        assertThat(list.contains(":status")).isFalse();
    }

    @Test
    void joinsALengthThatWasSaidTwice() {
        add("content-length", "5");
        add("x-one", "1");
        add("content-length", "5");

        var _ = list.setLong("content-length", 5);

        assertThat(lines()).containsExactly("x-one=1", "content-length=5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Accept", "x y", "x\u0000", "x:", ":unknown", "", "é"})
    void refusesANameThatIsNoneOfHttp2(String name) {
        assertThatThrownBy(() -> add(name, "1")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAPseudoHeaderThatComesTwice() {
        add(":path", "/public");

        assertThatThrownBy(() -> add(":path", "/admin"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(":path");
    }

    private void add(String name, String value) {
        var _ = list.add(AsciiString.of(name), AsciiString.of(value));
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<CharSequence, CharSequence> each : list) {
            lines.add(each.getKey() + "=" + each.getValue());
        }
        return lines;
    }
}
