package io.lateen.mixer.graph;

import io.lateen.mixer.report.EdgeBook;
import io.lateen.mixer.snapshot.Kept;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the graph. */
@Configuration(proxyBeanMethods = false)
public class GraphConfiguration {

    @Bean
    GraphReader graphReader(EdgeBook book, Kept kept, Clock clock) {
        return new GraphReader(book, kept, clock);
    }

    @Bean
    GraphController graphController(GraphReader reader) {
        return new GraphController(reader);
    }
}
