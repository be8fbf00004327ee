package io.lateen.sidecar.upstream;

import io.lateen.sidecar.exchange.Exchange;
import io.lateen.sidecar.exchange.Explanation;
import io.lateen.sidecar.exchange.Failure;
import io.lateen.sidecar.exchange.Fields;
import io.lateen.sidecar.exchange.HeaderName;
import io.lateen.sidecar.exchange.HttpProtocol;
import io.lateen.sidecar.exchange.LocalReply;
import io.lateen.sidecar.exchange.QuotaService;
import io.lateen.sidecar.exchange.RequestFilter;
import io.lateen.sidecar.exchange.RequestHead;
import io.lateen.sidecar.exchange.ResponseFlag;
import io.lateen.sidecar.exchange.ResponseHead;
import io.lateen.sidecar.plan.Destination;
import io.lateen.sidecar.plan.FilterChains;
import io.lateen.sidecar.plan.ForwardPolicy;
import io.lateen.sidecar.plan.HashPolicy;
import io.lateen.sidecar.plan.HttpFront;
import io.lateen.sidecar.plan.HttpPlan;
import io.lateen.sidecar.plan.ListenerPlan;
import io.lateen.sidecar.plan.Plan;
import io.lateen.sidecar.plan.RouteAction;
import io.lateen.sidecar.plan.RoutePlan;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries one exchange: route, filters, destination, tries, and the response back.
 *
 * <p>The client's connection tells it of the request ({@code request…}, {@code client…}), its
 * {@link Attempt} of the response. Ends exactly once, in {@link #finish}. All on one event loop;
 * calls may nest (an upstream may answer while the request is still being read), so every step that
 * follows a call into another object checks {@link #over} first.
 */
public final class Forwarding implements Exchange.Carrier {
    private static final Logger log = LoggerFactory.getLogger(Forwarding.class);

    private final Worker worker;
    private final Downstream downstream;
    private final Arrival arrival;
    private final RequestHead request;
    private final ResponseHead response;
    private final Exchange exchange;
    private final Deadline deadline;

    private HttpFront front = HttpFront.PLAIN;
    private @Nullable RoutePlan route;
    private @Nullable Destination destination;
    private @Nullable Tries tries;
    private int nextFilter;
    private byte @Nullable [] cookie;
    private @Nullable Mirrors mirrors;
    private @Nullable Replay replay;
    private boolean requestEnded;
    private boolean responseBegun;
    private boolean tunnel;
    private boolean reading = true;
    private boolean over;

    /** An exchange whose request head is complete; {@link #start} or {@link #refuse} follows. */
    public Forwarding(Worker worker, Downstream downstream, Arrival arrival, RequestHead request) {
        this.worker = worker;
        this.downstream = downstream;
        this.arrival = arrival;
        this.request = request;
        this.response = worker.takeResponseHead();
        this.exchange = new Exchange(this, arrival.origin(), request, response);
        this.deadline = new Deadline(worker, this::timedOut);
        requestEnded = request.bodyLength() == 0 && arrival.upgrade() == null;
    }

    /** Routes the request and sends it on its way. */
    public void start() {
        RequestStamp.apply(worker, exchange);
        if (requestEnded) {
            exchange.requestEnded(exchange.startNanos());
        }
        String full = worker.settings().room().memory().full();
        if (full != null) {
            front = HttpFront.of(arrival.listener());
            fail(new Failure.Shed(full));
            return;
        }
        start(arrival.listener());
    }

    private void start(ListenerPlan listener) {
        switch (listener) {
            case ListenerPlan.Http(HttpPlan http) -> {
                if (exchange.protocol() == HttpProtocol.HTTP_1_0
                        && !http.front().http10()
                        && !worker.settings().allowHttp10()) {
                    front = http.front();
                    fail(new Failure.UpgradeRequired());
                } else {
                    route(http);
                }
            }
            case ListenerPlan.Sniffed(HttpPlan http, _, _) -> route(http);
            case ListenerPlan.Tcp _ ->
                    fail(
                            new Failure.Refused(
                                    502,
                                    "the port of '"
                                            + request.authority()
                                            + "' is declared as TCP; use CONNECT, or a dependency"
                                            + " listener, to reach it"));
            // A plain connection that is older than the rule that tells kinds of them apart.
            case ListenerPlan.Chains(FilterChains chains) ->
                    start(chains.plain(Addresses.port(exchange.downstreamLocal())));
            case ListenerPlan.Refused(Failure failure) -> fail(failure);
        }
    }

    /** Ends the exchange before it was routed: its request is not valid. */
    public void refuse(Failure failure) {
        front = HttpFront.of(arrival.listener());
        fail(failure);
    }

    private void route(HttpPlan http) {
        front = http.front();
        exchange.recordedBy(http.recording());
        RequestStamp.whence(exchange, front.outermost());
        String upgrade = arrival.upgrade();
        if (upgrade != null && !http.upgrades().contains(upgrade)) {
            fail(
                    new Failure.Refused(
                            403, "an upgrade to '" + upgrade + "' is not allowed on this port"));
            return;
        }
        RoutePlan found = http.route(request, worker.random());
        if (found == null) {
            if (http.gates().isEmpty()) {
                fail(new Failure.NoRoute(request.authority(), request.path()));
                return;
            }
            found = http.unrouted();
        }
        route = found;
        exchange.matched(found);
        resume();
    }

    @Override
    public QuotaService quota() {
        return worker.quota();
    }

    @Override
    public void resume() {
        RoutePlan found = route;
        if (over || found == null || tries != null) {
            return;
        }
        List<RequestFilter> filters = found.requestFilters();
        while (nextFilter < filters.size()) {
            switch (filters.get(nextFilter++).apply(exchange)) {
                case CONTINUE -> {}
                case PAUSED, ENDED -> {
                    return;
                }
            }
        }
        act(found);
    }

    private void act(RoutePlan found) {
        switch (found.action()) {
            case RouteAction.Direct(LocalReply reply) -> answer(reply);
            case RouteAction.Redirected(var redirect) ->
                    answer(LocalAnswer.redirect(redirect, request));
            case RouteAction.Forward forward -> forward(found, forward);
            case RouteAction.Nowhere() ->
                    fail(new Failure.NoRoute(request.authority(), request.path()));
        }
    }

    private void forward(RoutePlan found, RouteAction.Forward forward) {
        Destination chosen = forward.clusters().choose(worker.random());
        destination = chosen;
        ForwardPolicy policy = Overrides.apply(exchange, forward.policy());
        ClusterPool cluster = worker.clusters().pool(arrival.plan(), chosen.cluster());
        if (cluster == null) {
            fail(new Failure.NoCluster(chosen.cluster()));
            return;
        }
        exchange.chosen(cluster.plan().facts());
        found.editRequest(exchange, forward, chosen);
        RequestStamp.identify(worker, exchange, cluster.plan().facts());
        deadline.begin(exchange, policy.times(), cluster.plan().connections().maxDurationNanos());
        if (deadline.overdue()) {
            timedOut(Deadline.Limit.PROMISED, deadline.promisedNanos());
            return;
        }
        if (requestEnded) {
            deadline.requestEnded();
        }
        Tries sending = new Tries(this, cluster, policy);
        tries = sending;
        if (!policy.mirrors().isEmpty()) {
            boolean framed = requestComesFramed() && sending.speech() == Connector.Speech.HTTP1;
            mirrors = Mirrors.of(worker, this, policy.mirrors(), framed);
        }
        sending.first();
    }

    // ---- what the client's connection tells ----

    /** A piece of the request's body; owned from now on. */
    public void requestBody(ByteBuf data, int content, boolean end) {
        Tries sending = tries;
        if (over || sending == null) {
            data.release();
            return;
        }
        exchange.received(content);
        deadline.touch();
        Replay kept = replay;
        if (kept != null) {
            kept.add(data, end);
        }
        if (mirrors != null) {
            mirrors.body(data, end);
        }
        if (end) {
            requestEnds();
        }
        sending.body(data, end);
    }

    /** The request ends with trailers. */
    public void requestTrailers(Fields trailers) {
        Tries sending = tries;
        if (over || sending == null) {
            return;
        }
        // Trailers are not kept: a request with trailers that were sent is not sent again.
        dropReplay();
        if (mirrors != null) {
            mirrors.trailers(trailers);
        }
        requestEnds();
        sending.trailers(trailers);
    }

    /** The client went away. */
    public void clientGone() {
        if (!over) {
            exchange.failed(new Failure.ClientGone());
            finish();
        }
    }

    /** The client broke the rules in its request's body. */
    public void clientBroke(Failure failure) {
        if (!over) {
            fail(failure);
        }
    }

    /** The client takes more again. */
    public void clientWritable() {
        if (!over && tries != null) {
            tries.demand(true);
        }
    }

    /** Everything of one read has been told: time to send it on. */
    public void clientReadComplete() {
        reading = false;
        if (!over && tries != null) {
            tries.flush();
        }
    }

    /** More of the request is about to be told. */
    public void clientReading() {
        reading = true;
    }

    /** Whether chunks of the request may be told with their framing. */
    public boolean takesFrames() {
        return tries != null && tries.takesFrames();
    }

    /** Whether the exchange has ended. */
    public boolean isOver() {
        return over;
    }

    private void requestEnds() {
        requestEnded = true;
        exchange.requestEnded(worker.nanos());
        deadline.requestEnded();
    }

    // ---- what the tries tell ----

    void interim() {
        if (!over) {
            downstream.interim(response);
            downstream.flush();
        }
    }

    void respond(boolean end) {
        RoutePlan found = route;
        dropReplay();
        responseBegun = true;
        int status = response.status();
        exchange.responded(status, worker.nanos());
        deadline.touch();
        if (found != null) {
            found.editResponse(exchange, response, destination);
        }
        if (cookie != null) {
            response.add(HeaderName.SET_COOKIE, cookie);
        }
        if (worker.settings().overwriteServer()) {
            response.set(HeaderName.SERVER, LocalAnswer.server(worker.settings(), front));
        }
        downstream.head(response, end, tries != null && tries.sendsFrames());
        if (status == 101) {
            tunnel = true;
            deadline.cancel();
            downstream.tunnel();
            if (!over) {
                downstream.demand(true);
            }
        } else if (end) {
            finish();
        }
    }

    void responseBody(ByteBuf data, int content, boolean end) {
        if (over) {
            data.release();
            return;
        }
        exchange.sent(content);
        deadline.touch();
        downstream.body(data, end);
        if (end) {
            finish();
        } else if (!downstream.writable() && tries != null) {
            tries.demand(false);
        }
    }

    void responseTrailers(Fields trailers) {
        if (!over) {
            exchange.grpcStatus(GrpcStatus.of(trailers, exchange.grpcStatus()));
            downstream.trailers(trailers);
            finish();
        }
    }

    /** The other side of a tunnel is done, or an unframed response is complete. */
    void responseEndsWithConnection() {
        if (!over) {
            downstream.body(Unpooled.EMPTY_BUFFER, true);
            finish();
        }
    }

    void flushDownstream() {
        downstream.flush();
    }

    // ---- what the tries ask ----

    Worker worker() {
        return worker;
    }

    Arrival arrival() {
        return arrival;
    }

    Exchange exchange() {
        return exchange;
    }

    RequestHead request() {
        return request;
    }

    ResponseHead response() {
        return response;
    }

    Deadline deadline() {
        return deadline;
    }

    boolean requestEnded() {
        return requestEnded;
    }

    boolean responseBegun() {
        return responseBegun;
    }

    boolean isTunnel() {
        return tunnel;
    }

    boolean reading() {
        return reading;
    }

    boolean requestComesFramed() {
        return downstream.sendsFrames();
    }

    boolean downstreamTakesFrames() {
        return downstream.takesFrames();
    }

    @Nullable Replay replay() {
        return replay;
    }

    /** Makes the value of a cookie that binds the client to an endpoint; the response sets it. */
    String makeCookie(HashPolicy.Cookie wanted) {
        String value = Long.toHexString(worker.random().nextLong());
        cookie = ResponseHead.bytes(HashKeys.cookie(wanted, value));
        return value;
    }

    /** From here on the body is kept, as long as it is small, so that it can be sent again. */
    void keepReplay() {
        if (replay == null) {
            replay = new Replay();
        }
    }

    /** Lets the request's body flow, or holds it back. */
    void demandRequest(boolean on) {
        if (!requestEnded && !over) {
            downstream.demand(on);
        }
    }

    // ---- ends ----

    @Override
    public void fail(Failure failure) {
        if (over) {
            return;
        }
        if (failure instanceof Failure.Defect) {
            log.error("a request could not be carried; failure={}", failure);
        }
        if (responseBegun) {
            exchange.failed(failure);
            breakOff(failure);
            return;
        }
        exchange.local(failure);
        Explanation explanation = Explanation.of(failure);
        endTries();
        LocalAnswer answer = LocalAnswer.toFailure(worker.settings(), front, exchange, explanation);
        send(answer);
    }

    // A stream of gRPC that has begun can still say that its time is over.
    private void breakOff(Failure failure) {
        int code = GrpcStatus.of(failure);
        boolean told =
                code >= 0
                        && exchange.protocol() == HttpProtocol.HTTP_2
                        && GrpcStatus.speaks(request)
                        && downstream.writable();
        if (told) {
            exchange.grpcStatus(code);
            downstream.trailers(GrpcStatus.trailers(code, Explanation.of(failure).sentence()));
        } else {
            downstream.abort();
        }
        finish();
        downstream.flush();
    }

    @Override
    public void answer(LocalReply reply) {
        if (over) {
            return;
        }
        exchange.local(null);
        send(LocalAnswer.of(worker.settings(), front, exchange, reply));
    }

    private void send(LocalAnswer answer) {
        responseBegun = true;
        answer.fill(response);
        RoutePlan found = route;
        if (found != null) {
            if (exchange.failure() == null) {
                found.editResponse(exchange, response, null);
            } else if (found.cors() != null) {
                found.cors().mark(request, response);
            }
        }
        exchange.responded(response.status(), worker.nanos());
        exchange.grpcStatus(answer.grpcStatus());
        boolean empty = answer.body().length == 0 || request.method().equals("HEAD");
        downstream.head(response, empty, false);
        if (!empty) {
            exchange.sent(answer.body().length);
            downstream.body(Unpooled.wrappedBuffer(answer.body()), true);
        }
        finish();
        downstream.flush();
    }

    @Override
    public void resumeAfter(long nanos) {
        if (!over) {
            deadline.pause(nanos, this::resume);
        }
    }

    private void timedOut(Deadline.Limit limit, long nanos) {
        Duration duration = Duration.ofNanos(nanos);
        if (limit != Deadline.Limit.IDLE && tries != null) {
            tries.countTimeout();
        }
        fail(
                switch (limit) {
                    case TOTAL -> new Failure.TimedOut(duration);
                    case PROMISED -> new Failure.DeadlineExceeded(duration);
                    case IDLE -> new Failure.StreamIdle(duration);
                });
    }

    private void endTries() {
        if (tries != null) {
            tries.end();
        }
        if (mirrors != null) {
            mirrors.end(requestEnded);
            mirrors = null;
        }
        dropReplay();
    }

    private void dropReplay() {
        if (replay != null) {
            replay.release();
            replay = null;
        }
    }

    private void finish() {
        over = true;
        deadline.cancel();
        endTries();
        if (GrpcStatus.speaks(request) && exchange.grpcStatus() < 0 && responseBegun) {
            exchange.grpcStatus(GrpcStatus.of(response.fields(), -1));
        }
        exchange.ended(worker.nanos());
        try {
            worker.exchanges().ended(exchange);
        } catch (RuntimeException e) {
            log.error("an observer of requests has a defect", e);
        }
        // After this the connection may serve the next request: nothing of this one is touched.
        downstream.finished();
        worker.giveBack(request);
        worker.giveBack(response);
    }

    /** Whether a request may be sent twice without doing its work twice (RFC 9110 §9.2.2). */
    static boolean isRepeatable(String method) {
        return switch (method) {
            case "GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE" -> true;
            default -> false;
        };
    }

    void flag(ResponseFlag flag) {
        exchange.flag(flag);
    }

    Plan plan() {
        return arrival.plan();
    }
}
