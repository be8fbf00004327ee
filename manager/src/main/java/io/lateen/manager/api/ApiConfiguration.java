package io.lateen.manager.api;

import io.lateen.manager.api.discovery.DiscoveryHandler;
import io.lateen.manager.api.document.DocumentReader;
import io.lateen.manager.api.http.StatusErrors;
import io.lateen.manager.api.mesh.ApplyFile;
import io.lateen.manager.api.mesh.ApplyHandler;
import io.lateen.manager.api.mesh.HistoryHandler;
import io.lateen.manager.api.mesh.RevisionRows;
import io.lateen.manager.api.mesh.RollbackHandler;
import io.lateen.manager.api.object.CallersWrites;
import io.lateen.manager.api.object.ObjectHandler;
import io.lateen.manager.api.type.ApiCatalog;
import io.lateen.manager.store.HistoryRepository;
import io.lateen.manager.store.ObjectReader;
import io.lateen.manager.store.ObjectStore;
import io.lateen.manager.store.ResourceFeed;
import io.lateen.model.codec.ResourceCodec;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/** Wires REST. */
@Configuration(proxyBeanMethods = false)
public class ApiConfiguration {
    /** As Kubernetes draws them: nothing that looks like a word. */
    private static final String SUFFIX_LETTERS = "bcdfghjklmnpqrstvwxz2456789";

    private static final int SUFFIX_LENGTH = 5;

    @Bean
    ApiCatalog apiCatalog(ResourceCodec codec) {
        return ApiCatalog.ofTheMesh(codec);
    }

    @Bean
    DocumentReader documentReader() {
        var random = new SecureRandom();
        return new DocumentReader(
                () ->
                        random.ints(SUFFIX_LENGTH, 0, SUFFIX_LETTERS.length())
                                .mapToObj(SUFFIX_LETTERS::charAt)
                                .collect(
                                        StringBuilder::new,
                                        StringBuilder::append,
                                        StringBuilder::append)
                                .toString());
    }

    @Bean
    CallersWrites callersWrites(ObjectStore store, ApiCatalog catalog) {
        return new CallersWrites(store, catalog);
    }

    @Bean
    ObjectHandler objectHandler(
            ApiCatalog catalog,
            ObjectReader reader,
            CallersWrites writes,
            DocumentReader documents,
            Clock clock) {
        return new ObjectHandler(catalog, reader, writes, documents, clock);
    }

    @Bean
    SmartLifecycle watchLifecycle(ObjectHandler objects) {
        return objects.lifecycle();
    }

    @Bean
    ApplyHandler applyHandler(
            CallersWrites writes, ResourceFeed feed, ApiCatalog catalog, DocumentReader documents) {
        return new ApplyHandler(writes, feed, new ApplyFile.Reader(catalog, documents));
    }

    @Bean
    RollbackHandler rollbackHandler(
            CallersWrites writes,
            HistoryRepository history,
            ResourceFeed feed,
            ApiCatalog catalog,
            DocumentReader documents) {
        var rows = new RevisionRows(history, feed);
        return new RollbackHandler(writes, rows, feed, catalog, documents);
    }

    @Bean
    RouterFunction<ServerResponse> apiRoutes(
            ApiCatalog catalog,
            ObjectHandler objects,
            ApplyHandler apply,
            HistoryRepository history,
            RollbackHandler rollback) {
        var routes =
                new ApiRoutes(
                        new DiscoveryHandler(catalog),
                        objects,
                        apply,
                        new HistoryHandler(history, catalog),
                        rollback);
        return routes.routes();
    }

    @Bean
    StatusErrors statusErrors() {
        return new StatusErrors();
    }
}
