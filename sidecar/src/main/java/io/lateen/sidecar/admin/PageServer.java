package io.lateen.sidecar.admin;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

/** Serves pages over HTTP. */
public final class PageServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PageServer.class);

    private final Map<String, Page> pages;
    private final Scheduler scheduler;
    private final boolean ownHostOnly;
    private final DisposableServer server;

    private PageServer(
            InetSocketAddress address,
            Map<String, Page> pages,
            LoopResources loops,
            Executor thread,
            boolean ownHostOnly) {
        this.pages = Map.copyOf(pages);
        this.scheduler = Schedulers.fromExecutor(thread);
        this.ownHostOnly = ownHostOnly;
        this.server =
                HttpServer.create()
                        .runOn(loops)
                        .bindAddress(() -> address)
                        .idleTimeout(Duration.ofSeconds(60))
                        .handle(this::handle)
                        .bindNow(Duration.ofSeconds(5));
    }

    /**
     * Serves pages that anyone may read.
     *
     * @param pages by their paths
     * @param thread where pages are made
     */
    public static PageServer open(
            InetSocketAddress address,
            Map<String, Page> pages,
            LoopResources loops,
            Executor thread) {
        return new PageServer(address, pages, loops, thread, false);
    }

    /**
     * Serves pages that only this machine may read.
     *
     * <p>A browser on this machine is no reason to trust what it was sent to ask: a request that
     * names another host, or comes from another page, is refused.
     *
     * @throws IllegalArgumentException when {@code address} can be reached from elsewhere
     */
    public static PageServer local(
            InetSocketAddress address,
            Map<String, Page> pages,
            LoopResources loops,
            Executor thread) {
        if (address.getAddress() == null || !address.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException(
                    "admin address: found "
                            + address
                            + ", expected a loopback address; the admin pages change the sidecar and"
                            + " are for this machine alone");
        }
        return new PageServer(address, pages, loops, thread, true);
    }

    /** Where it is bound. */
    public InetSocketAddress address() {
        return (InetSocketAddress) server.address();
    }

    @Override
    public void close() {
        server.disposeNow(Duration.ofSeconds(1));
    }

    private Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
        if (ownHostOnly && !isFromHere(request)) {
            return send(response, Page.Reply.text(403, "Only for clients on this machine.\n"));
        }
        QueryStringDecoder query = new QueryStringDecoder(request.uri());
        Page page = pages.get(query.path());
        if (page == null) {
            return send(response, Page.Reply.text(404, "No such page; / lists those there are.\n"));
        }
        Page.Ask ask = ask(request, query);
        return Mono.fromSupplier(() -> serve(page, ask, query.path()))
                .subscribeOn(scheduler)
                .flatMap(reply -> Mono.from(send(response, reply)));
    }

    private static Page.Reply serve(Page page, Page.Ask ask, String path) {
        try {
            return page.serve(ask);
        } catch (RuntimeException e) {
            log.error("A page could not be made. path={}", path, e);
            return Page.Reply.text(
                    500, "This page could not be made; the sidecar's log says why.\n");
        }
    }

    private static boolean isFromHere(HttpServerRequest request) {
        InetSocketAddress peer = request.remoteAddress();
        if (peer == null || !peer.getAddress().isLoopbackAddress()) {
            return false;
        }
        String host = request.requestHeaders().get(HttpHeaderNames.HOST, "");
        String name = host.replaceFirst(":\\d+$", "");
        boolean named =
                name.equalsIgnoreCase("localhost")
                        || name.startsWith("127.")
                        || name.equals("[::1]");
        return named && !request.requestHeaders().contains(HttpHeaderNames.ORIGIN);
    }

    private static Page.Ask ask(HttpServerRequest request, QueryStringDecoder query) {
        Map<String, String> parameters = new HashMap<>();
        query.parameters().forEach((name, values) -> parameters.put(name, values.getFirst()));
        return new Page.Ask(
                request.method().name(),
                parameters,
                request.requestHeaders().get(HttpHeaderNames.ACCEPT, ""),
                request.requestHeaders().get(HttpHeaderNames.AUTHORIZATION, ""));
    }

    private static Publisher<Void> send(HttpServerResponse response, Page.Reply reply) {
        return response.status(reply.status())
                .header(HttpHeaderNames.CONTENT_TYPE, reply.contentType())
                .header(HttpHeaderNames.CACHE_CONTROL, "no-cache, max-age=0")
                .header("x-content-type-options", "nosniff")
                .sendString(Mono.just(reply.body()));
    }
}
