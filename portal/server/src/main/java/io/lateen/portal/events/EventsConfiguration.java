package io.lateen.portal.events;

import io.lateen.portal.graph.Graphs;
import io.lateen.portal.mesh.MeshReadings;
import io.lateen.portal.session.StreamLife;
import java.time.Clock;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the events. */
@Configuration(proxyBeanMethods = false)
public class EventsConfiguration {

    @Bean
    EventLoop eventLoop(MeshReadings readings, Graphs graphs, Clock clock) {
        return new EventLoop(readings, graphs, clock);
    }

    @Bean
    EventsController eventsController(EventLoop loop, StreamLife life) {
        return new EventsController(loop, life, UUID.randomUUID().toString());
    }
}
