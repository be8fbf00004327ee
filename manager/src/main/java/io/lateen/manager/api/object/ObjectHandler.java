package io.lateen.manager.api.object;

import io.lateen.manager.api.document.DocumentReader;
import io.lateen.manager.api.http.ApiRequest;
import io.lateen.manager.api.status.Refusal;
import io.lateen.manager.api.type.ApiCatalog;
import io.lateen.manager.store.ObjectReader;
import java.time.Clock;
import org.springframework.context.SmartLifecycle;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** The operations on objects, by HTTP method and kind of path. Thread-safe. */
public final class ObjectHandler {
    private final ApiCatalog catalog;
    private final WatchGate gate = new WatchGate();
    private final ReadHandler reads;
    private final WatchHandler watches;
    private final WriteHandler writes;
    private final DeleteHandler deletes;

    /** Serves the types of a catalog from a store. */
    public ObjectHandler(
            ApiCatalog catalog,
            ObjectReader reader,
            CallersWrites writer,
            DocumentReader documents,
            Clock clock) {
        this.catalog = catalog;
        this.reads = new ReadHandler(reader, clock);
        this.watches = new WatchHandler(reader, gate, clock);
        this.writes = new WriteHandler(writer, documents, clock);
        this.deletes = new DeleteHandler(writer, clock);
    }

    /** Ends the watches when the application stops. */
    public SmartLifecycle lifecycle() {
        return gate;
    }

    /** GET of a collection: a list, or a watch. */
    public ServerResponse collection(ServerRequest request) {
        ApiRequest api = ApiRequest.of(request, catalog).requireReadable();
        return api.flag("watch") ? watches.watch(api) : reads.list(api);
    }

    /** GET of an object. */
    public ServerResponse get(ServerRequest request) {
        return reads.get(ApiRequest.of(request, catalog).requireReadable());
    }

    /** GET of an object's status, which is the object. */
    public ServerResponse status(ServerRequest request) {
        return reads.get(ApiRequest.of(request, catalog).requireReadable());
    }

    /** Writes of a status, which is the manager's alone. */
    public ServerResponse refuseStatus(ServerRequest request) {
        ApiRequest.of(request, catalog);
        throw Refusal.methodNotAllowed(
                "status: found "
                        + request.method()
                        + ", expected GET; the manager writes the status itself");
    }

    /** POST to a collection. */
    public ServerResponse create(ServerRequest request) {
        return writes.create(ApiRequest.of(request, catalog));
    }

    /** PUT of an object. */
    public ServerResponse replace(ServerRequest request) {
        return writes.replace(ApiRequest.of(request, catalog));
    }

    /** PATCH of an object. */
    public ServerResponse patch(ServerRequest request) {
        return writes.patch(ApiRequest.of(request, catalog));
    }

    /** DELETE of an object. */
    public ServerResponse delete(ServerRequest request) {
        return deletes.delete(ApiRequest.of(request, catalog));
    }

    /** DELETE of a collection. */
    public ServerResponse deleteCollection(ServerRequest request) {
        return deletes.deleteCollection(ApiRequest.of(request, catalog));
    }
}
