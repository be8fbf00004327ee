package io.lateen.portal.page;

import static org.springframework.web.reactive.function.server.RequestPredicates.GET;

import java.security.SecureRandom;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.config.ResourceHandlerRegistry;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.function.server.RequestPredicate;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.resource.EncodedResourceResolver;

/** Wires the page. */
@Configuration(proxyBeanMethods = false)
public class PageConfiguration {

    @Bean
    Nonce nonce(SecureRandom random) {
        return new Nonce(random);
    }

    /** Paths of the page's router: no file's, and none of ours. */
    @Bean
    RouterFunction<ServerResponse> pageRoutes() {
        var page = new Page(new ClassPathResource("static/index.html"));
        var contract = new ClassPathResource("api/openapi.json");
        return RouterFunctions.route()
                .GET(
                        "/api/v1/openapi.json",
                        _ ->
                                ServerResponse.ok()
                                        .contentType(MediaType.APPLICATION_JSON)
                                        .bodyValue(contract))
                .route(GET("/**").and(ofThePage()), page::serve)
                .build();
    }

    private static RequestPredicate ofThePage() {
        return request -> {
            String path = request.path();
            return path.equals("/index.html")
                    || (!isFile(path)
                            && !path.equals("/api")
                            && !path.startsWith("/api/")
                            && !path.startsWith("/.well-known/")
                            && !path.startsWith("/actuator")
                            && !path.startsWith("/oauth2/")
                            && !path.startsWith("/login/oauth2/"));
        };
    }

    /** Files lie beside index.html or in assets; deeper down a dot is part of a rule's name. */
    private static boolean isFile(String path) {
        return path.startsWith("/assets/")
                || (path.lastIndexOf('/') == 0 && path.indexOf('.') >= 0);
    }

    /** Files beside index.html; those under /assets have their content's hash in their names. */
    @Bean
    WebFluxConfigurer assets() {
        return new WebFluxConfigurer() {
            @Override
            public void addResourceHandlers(ResourceHandlerRegistry registry) {
                registry.addResourceHandler("/assets/**")
                        .addResourceLocations("classpath:/static/assets/")
                        .setCacheControl(
                                CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable())
                        .resourceChain(true)
                        .addResolver(new EncodedResourceResolver());
                registry.addResourceHandler("/{file:[a-z0-9-]+\\.[a-z0-9]+}")
                        .addResourceLocations("classpath:/static/")
                        .setCacheControl(CacheControl.maxAge(Duration.ofHours(1)));
            }
        };
    }
}
