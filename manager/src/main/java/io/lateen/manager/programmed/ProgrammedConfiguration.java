package io.lateen.manager.programmed;

import io.lateen.manager.fleet.Fleet;
import io.lateen.manager.publish.SnapshotHolder;
import io.lateen.manager.registry.Registries;
import io.lateen.manager.store.HistoryRepository;
import io.lateen.manager.store.ResourceFeed;
import io.lateen.manager.store.StatusWriter;
import io.lateen.model.database.DatabaseUrl;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what answers for revisions, proxies and conditions. */
@Configuration(proxyBeanMethods = false)
public class ProgrammedConfiguration {

    @Bean
    RevisionsInForce revisionsInForce(Fleet fleet, ResourceFeed feed, Clock clock) {
        return new RevisionsInForce(fleet, feed, clock);
    }

    @Bean(destroyMethod = "")
    ConditionLoop conditionLoop(
            Fleet fleet,
            ResourceFeed feed,
            RevisionsInForce revisions,
            StatusWriter writer,
            DatabaseUrl url,
            Clock clock) {
        return new ConditionLoop(fleet, feed, revisions, writer, new Leadership(url), clock);
    }

    @Bean
    RevisionsController revisionsController(RevisionsInForce revisions, HistoryRepository history) {
        return new RevisionsController(revisions, history);
    }

    @Bean
    MeshController meshController(Fleet fleet, SnapshotHolder holder, Registries registries) {
        return new MeshController(fleet, holder, registries);
    }
}
