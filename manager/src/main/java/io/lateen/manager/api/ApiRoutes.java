package io.lateen.manager.api;

import static org.springframework.web.servlet.function.RequestPredicates.path;

import io.lateen.manager.api.discovery.DiscoveryHandler;
import io.lateen.manager.api.mesh.ApplyHandler;
import io.lateen.manager.api.mesh.HistoryHandler;
import io.lateen.manager.api.mesh.RollbackHandler;
import io.lateen.manager.api.object.ObjectHandler;
import io.lateen.manager.api.status.Refusal;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Which path goes where, top to bottom. Beside these, {@code manager.programmed} has controllers
 * under {@code /lateen/v1/}.
 */
final class ApiRoutes {
    private final DiscoveryHandler discovery;
    private final ObjectHandler objects;
    private final ApplyHandler apply;
    private final HistoryHandler history;
    private final RollbackHandler rollback;

    ApiRoutes(
            DiscoveryHandler discovery,
            ObjectHandler objects,
            ApplyHandler apply,
            HistoryHandler history,
            RollbackHandler rollback) {
        this.discovery = discovery;
        this.objects = objects;
        this.apply = apply;
        this.history = history;
        this.rollback = rollback;
    }

    RouterFunction<ServerResponse> routes() {
        RouterFunctions.Builder routes = RouterFunctions.route();
        routes.GET("/version", discovery::version)
                .GET("/livez", discovery::alive)
                .GET("/readyz", discovery::alive)
                .GET("/healthz", discovery::alive)
                .POST("/lateen/v1/apply", apply::apply)
                .GET("/lateen/v1/history", history::history)
                .POST("/lateen/v1/rollback", rollback::rollback)
                .GET("/openapi/v3", discovery::openApiIndex)
                .GET("/openapi/v3/{*document}", discovery::openApi)
                .GET("/api", discovery::core)
                .GET("/api/{version}", discovery::resources)
                .GET("/apis", discovery::groups)
                .GET("/apis/{group}", discovery::group)
                .GET("/apis/{group}/{version}", discovery::resources);
        // Namespaces before the objects in them: /namespaces/<name> is no collection.
        objects(routes, "/api/{version}/{plural:namespaces}");
        objects(routes, "/api/{version}/namespaces/{namespace}/{plural}");
        collection(routes, "/api/{version}/{plural}");
        objects(routes, "/apis/{group}/{version}/namespaces/{namespace}/{plural}");
        objects(routes, "/apis/{group}/{version}/{plural}");
        // Whatever else is asked for here is answered as Kubernetes answers it.
        routes.route(path("/api/**"), ApiRoutes::nothing);
        routes.route(path("/apis/**"), ApiRoutes::nothing);
        routes.route(path("/openapi/**"), ApiRoutes::nothing);
        return routes.build();
    }

    private void objects(RouterFunctions.Builder routes, String collection) {
        collection(routes, collection);
        String object = collection + "/{name}";
        routes.GET(object, objects::get)
                .PUT(object, objects::replace)
                .PATCH(object, objects::patch)
                .DELETE(object, objects::delete)
                .GET(object + "/status", objects::status)
                .PUT(object + "/status", objects::refuseStatus)
                .PATCH(object + "/status", objects::refuseStatus);
    }

    private void collection(RouterFunctions.Builder routes, String collection) {
        routes.GET(collection, objects::collection)
                .POST(collection, objects::create)
                .DELETE(collection, objects::deleteCollection);
    }

    private static ServerResponse nothing(ServerRequest request) {
        throw Refusal.noSuchPath(request.path());
    }
}
