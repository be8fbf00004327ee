package io.lateen.portal.graph;

import io.lateen.portal.backend.BackendStates;
import io.lateen.portal.mesh.MeshReadings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the graph. */
@Configuration(proxyBeanMethods = false)
public class GraphConfiguration {

    @Bean
    Graphs graphs(MeshReadings readings, BackendStates states) {
        return new Graphs(readings, states, new Layouts(new LayeredLayout()));
    }

    @Bean
    GraphController graphController(Graphs graphs) {
        return new GraphController(graphs);
    }
}
