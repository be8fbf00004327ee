package io.lateen.portal;

import io.lateen.portal.problem.Problem;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.converter.ResolvedSchema;
import io.swagger.v3.oas.models.Components;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Adds to the description what no operation answers: events, problems. */
@Configuration(proxyBeanMethods = false)
public class EventSchemas {

    @Bean
    OpenApiCustomizer addedSchemas() {
        return api -> {
            Components components = api.getComponents();
            add(components, Problem.class);
            try {
                Class<?> events = Class.forName("io.lateen.portal.events.MeshEvent");
                for (Class<?> event : events.getPermittedSubclasses()) {
                    add(components, event);
                }
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException("the events have moved", e);
            }
        };
    }

    private static void add(Components components, Class<?> type) {
        ResolvedSchema resolved =
                ModelConverters.getInstance(true)
                        .resolveAsResolvedSchema(new AnnotatedType(type).resolveAsRef(false));
        components.addSchemas(type.getSimpleName(), resolved.schema);
        resolved.referencedSchemas.forEach(components::addSchemas);
    }
}
