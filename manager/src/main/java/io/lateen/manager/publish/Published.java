package io.lateen.manager.publish;

import io.lateen.manager.snapshot.MeshSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A snapshot that is out.
 *
 * @param serial counts this manager's snapshots, from 1
 * @param snapshot the mesh
 * @param problems what the registries complain of, by registry
 * @param since when the change that caused it was noticed
 */
public record Published(
        long serial, MeshSnapshot snapshot, Map<String, List<String>> problems, Instant since) {

    public Published {
        problems = Map.copyOf(problems);
    }
}
