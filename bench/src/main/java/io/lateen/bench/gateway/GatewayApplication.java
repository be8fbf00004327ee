package io.lateen.bench.gateway;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.context.annotation.Bean;

/**
 * One route from a prefix to the upstream; address, port and metrics come from the command line of
 * {@code io.lateen.bench.proxy.SpringCloudGateway}.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class GatewayApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(GatewayApplication.class, arguments);
    }

    @Bean
    RouteLocator routes(
            RouteLocatorBuilder routes,
            @Value("${bench.prefix}") String prefix,
            @Value("${bench.upstream}") String upstream) {
        return routes.routes()
                .route("reviews", route -> route.path(prefix + "**").uri(upstream))
                .build();
    }
}
