package io.lateen.portal.services;

import io.lateen.portal.backend.Away;
import io.lateen.portal.backend.Backend;
import io.lateen.portal.backend.BackendStates;
import io.lateen.portal.caller.Caller;
import io.lateen.portal.mesh.TrafficWindow;
import io.lateen.portal.mesh.Windows;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/v1/services}. */
@RestController
final class ServicesController {
    private final ServiceLists services;
    private final BackendStates states;

    ServicesController(ServiceLists services, BackendStates states) {
        this.services = services;
        this.states = states;
    }

    /**
     * Every service with its versions, rates over a window, and the rule that splits its traffic.
     *
     * @param window {@code 1m}, {@code 5m}, {@code 15m} or {@code 1h}
     */
    @GetMapping("/api/v1/services")
    ServiceList listServices(
            @RequestParam(defaultValue = "1m") String window,
            @AuthenticationPrincipal Caller caller) {
        TrafficWindow known = Windows.required(window);
        return services.list(known, caller.grants())
                .orElseThrow(() -> Away.refusal(states.source(Backend.MANAGER)));
    }
}
