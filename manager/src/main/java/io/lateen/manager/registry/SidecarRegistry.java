package io.lateen.manager.registry;

import io.lateen.manager.fleet.Fleet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The registry of workloads whose sidecars registered them when they connected. */
public final class SidecarRegistry implements ServiceRegistry {

    private final Fleet fleet;

    /** The registry of what {@code fleet} serves. */
    public SidecarRegistry(Fleet fleet) {
        this.fleet = fleet;
    }

    @Override
    public String name() {
        return "sidecars";
    }

    @Override
    public RegistryReading read() {
        RegistryReading reading = SidecarServices.read(fleet.members().values(), fleet.departed());
        Optional<String> problem = fleet.problem();
        if (problem.isEmpty()) {
            return reading;
        }
        List<String> problems = new ArrayList<>(reading.problems());
        problems.add(problem.get());
        return new RegistryReading(reading.catalog(), problems, true);
    }

    @Override
    public void subscribe(Runnable changed) {
        fleet.onMembership(changed);
    }
}
