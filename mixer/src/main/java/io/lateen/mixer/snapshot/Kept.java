package io.lateen.mixer.snapshot;

import io.lateen.mixer.report.Observed;
import io.lateen.mixer.report.Resolution;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** What other mixers on the database have seen, and this one before it was started. */
public final class Kept {
    private static final Logger log = LoggerFactory.getLogger(Kept.class);

    private final SlotRows rows;
    private final UUID self;

    Kept(SlotRows rows, UUID self) {
        this.rows = rows;
        this.self = self;
    }

    /**
     * Adds what the slots from {@code first} to {@code last} have seen.
     *
     * @return why it could not be read; empty when it was
     */
    public Optional<String> addTo(Observed sum, Resolution resolution, long first, long last) {
        List<String> contents;
        try {
            contents = rows.others(self, resolution, first, last);
        } catch (DataAccessException e) {
            log.debug("rows of other mixers could not be read", e);
            return Optional.of(
                    "PostgreSQL is away: what other mixers have seen, and this one before its"
                            + " start, is not counted");
        }
        contents.forEach(content -> SlotContent.parse(content).addTo(sum));
        return Optional.empty();
    }
}
