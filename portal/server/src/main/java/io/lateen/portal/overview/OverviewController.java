package io.lateen.portal.overview;

import io.lateen.portal.caller.Caller;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/v1/overview}. */
@RestController
final class OverviewController {
    private final Overviews overviews;

    OverviewController(Overviews overviews) {
        this.overviews = overviews;
    }

    /** The mesh in one look. */
    @GetMapping("/api/v1/overview")
    Overview getOverview(@AuthenticationPrincipal Caller caller) {
        return overviews.of(caller.grants());
    }
}
