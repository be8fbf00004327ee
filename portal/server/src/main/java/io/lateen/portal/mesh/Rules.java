package io.lateen.portal.mesh;

import java.util.List;

/** The rules that say where traffic goes. */
public record Rules(List<Rule> virtualServices, List<Rule> destinationRules) {

    /** Copies the lists. */
    public Rules {
        virtualServices = List.copyOf(virtualServices);
        destinationRules = List.copyOf(destinationRules);
    }
}
