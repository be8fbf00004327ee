package io.lateen.sidecar.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.sidecar.exchange.RequestHead;
import io.lateen.testkit.corpus.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

class PathNormalizationTest {

    @Test
    void givesEveryPathOfIstiosModeBaseItsOneSpelling() throws IOException {
        String json = Files.readString(Corpus.require("path-normalization/pairs.json"));
        List<Map<String, String>> pairs =
                JsonMapper.shared().readValue(json, new TypeReference<>() {});
        List<Map<String, String>> base =
                pairs.stream().filter(pair -> "BASE".equals(pair.get("mode"))).toList();

        assertThat(base).hasSizeGreaterThan(10);
        for (Map<String, String> pair : base) {
            assertThat(PathNormalization.normalize(String.valueOf(pair.get("in"))))
                    .as("normalized %s", pair.get("in"))
                    .isEqualTo(pair.get("out"));
        }
    }

    @Test
    void rewritesTheTargetAndKeepsTheQuery() {
        RequestHead head = RequestHead.of("GET", "a", "/app/%2E./admin?x=/../y%41");

        PathNormalization.apply(head);

        assertThat(head.target()).isEqualTo("/admin?x=/../y%41");
        assertThat(head.originalTarget()).isEqualTo("/app/%2E./admin?x=/../y%41");
    }

    @Test
    void leavesAPathOfOneSpellingUntouched() {
        RequestHead head = RequestHead.of("GET", "a", "/reviews/0?a=%41");

        PathNormalization.apply(head);

        assertThat(head.target()).isEqualTo("/reviews/0?a=%41");
    }

    @Test
    void endsADotSegmentAtTheEndWithASlash() {
        assertThat(PathNormalization.normalize("/a/b/..")).isEqualTo("/a/");
        assertThat(PathNormalization.normalize("/a/.")).isEqualTo("/a/");
        assertThat(PathNormalization.normalize("/..")).isEqualTo("/");
        assertThat(PathNormalization.normalize("/%zz%4")).isEqualTo("/%zz%4");
    }
}
