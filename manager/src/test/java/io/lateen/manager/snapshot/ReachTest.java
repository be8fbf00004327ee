package io.lateen.manager.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReachTest {

    @ParameterizedTest(name = "exportTo [{0}], seen from {1}: {2}")
    @CsvSource({
        "'',      owner, PUBLIC",
        "'',      other, PUBLIC",
        "*,       other, PUBLIC",
        "*;other, other, PUBLIC",
        ".,       owner, PRIVATE",
        ".,       other, ",
        "owner,   owner, PRIVATE",
        "owner,   other, ",
        ".;other, owner, PRIVATE",
        ".;other, other, EXPORTED",
        "other,   other, EXPORTED",
        "other,   owner, ",
        "~,       owner, ",
        "~,       other, ",
        "~;other, other, ",
    })
    void aResourceReachesWhomItIsExportedTo(String exportTo, String viewer, Reach expected) {
        List<String> written =
                exportTo.isEmpty() ? List.of() : List.of(exportTo.strip().split(";", -1));

        assertThat(Reach.of(written, "owner", viewer)).isEqualTo(Optional.ofNullable(expected));
    }
}
