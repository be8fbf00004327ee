package io.lateen.manager.ads;

import io.envoyproxy.envoy.config.core.v3.Node;
import io.grpc.Status;
import io.lateen.manager.snapshot.Proxy;
import io.lateen.model.identity.SpiffeId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream of one proxy, from its first request to its end. All that happens runs on the stream's
 * own turns; the methods of this class may be called from any thread.
 */
final class ProxySession implements PushListener {

    /** The type of requests by which a proxy tells how its workload is; never answered. */
    static final String HEALTH = "type.googleapis.com/istio.v1.HealthInformation";

    /** By naming this in such a request a proxy that leaves asks to hear when everybody knows. */
    static final String WITHDRAWAL = "withdrawal";

    /** The type of requests by which a proxy tells which certificates it lacks; never answered. */
    static final String CREDENTIALS = "type.googleapis.com/lateen.v1.CredentialInformation";

    /** What is not worth an immediate report is reported after this. */
    private static final Duration REPORT_DELAY = Duration.ofMillis(100);

    private static final Logger log = LoggerFactory.getLogger(ProxySession.class);

    private final String id;
    private final Surroundings surroundings;
    private final Outlet outlet;
    private final SerialTurns turns;
    private final Timers timers;
    private final ProgressBook book;
    private final PushSequencer sequencer;
    private final Wire wire;
    private final Withdrawals withdrawals;
    private final Set<String> unknownTypes = new HashSet<>();

    private @Nullable ProxyConnection connection;
    private PushSource.@Nullable Feed feed;
    private Timers.@Nullable Timer report;
    private @Nullable Heartbeat heartbeat;
    private long newest = -1;
    private long converged = -1;
    private boolean ended;

    /** Whether there is a client that is known. Written on the turn, read by any thread. */
    private volatile boolean greeted;

    /** The newest push of which the client holds all endpoints. Written and read likewise. */
    private volatile long endpointsKnown = -1;

    /** The client's end of a stream. */
    interface Outlet {

        /** Who the client is by its certificate; empty where it came in plaintext. */
        Optional<SpiffeId> identity();

        /** Ends it with an error. */
        void fail(Status reason);

        /** Ends it in peace. */
        void complete();
    }

    /**
     * How a session speaks.
     *
     * @param wire the stream
     * @param subscriptions what the client asked for on it
     * @param outlet its end
     */
    record Line(Wire wire, Subscriptions subscriptions, Outlet outlet) {}

    /** A session of the stream {@code id}. */
    ProxySession(String id, Surroundings surroundings, Line line, Withdrawals withdrawals) {
        Subscriptions subscriptions = line.subscriptions();
        this.id = id;
        this.surroundings = surroundings;
        this.withdrawals = withdrawals;
        this.outlet = line.outlet();
        this.wire = line.wire();
        this.turns = new SerialTurns(surroundings.executor());
        this.timers = new ScheduledTimers(surroundings.clock(), surroundings.scheduler(), turns);
        this.book = new ProgressBook(subscriptions);
        this.sequencer =
                new PushSequencer(
                        subscriptions, wire, timers, new Backoff(surroundings.random()), this);
    }

    /**
     * Takes in a request.
     *
     * @param error what its error detail says, if it has one
     * @param withdrawal whether it asks to hear when everybody knows that its workload leaves
     * @param handle takes in a request for a type that is served
     */
    void request(
            Node node,
            String typeUrl,
            Optional<String> error,
            boolean withdrawal,
            BiConsumer<ResourceType, PushSequencer> handle) {
        turns.execute(
                () -> {
                    if (ended) {
                        return;
                    }
                    ProxyConnection known = connection == null ? greet(node) : connection;
                    if (known != null) {
                        dispatch(known, typeUrl, error, handle);
                        if (withdrawal && typeUrl.equals(HEALTH)) {
                            withdrawals.ask(this, known.proxy());
                        }
                    }
                });
    }

    /** The client closed its side of the stream: it goes for good. */
    void goodbye() {
        turns.execute(
                () -> {
                    if (!ended) {
                        finish(Departure.CLEAN);
                        outlet.complete();
                    }
                });
    }

    /** The connection broke. */
    void broken() {
        turns.execute(() -> finish(Departure.BROKEN));
    }

    /** Ends the stream from this side, with the reason that the client is told. */
    void close(Status reason) {
        turns.execute(
                () -> {
                    if (!ended) {
                        finish(Departure.BROKEN);
                        outlet.fail(reason);
                    }
                });
    }

    private @Nullable ProxyConnection greet(Node node) {
        return switch (NodeReader.read(node, outlet.identity())) {
            case NodeReader.Read.Refused refused ->
                    refuse(Status.INVALID_ARGUMENT, refused.message());
            case NodeReader.Read.Foreign foreign ->
                    refuse(Status.PERMISSION_DENIED, foreign.message());
            case NodeReader.Read.Accepted accepted -> {
                Instant now = surroundings.clock().instant();
                ProxyConnection greeted =
                        new ProxyConnection(
                                id, accepted.proxy(), accepted.version(), accepted.started(), now);
                connection = greeted;
                this.greeted = true;
                heartbeat =
                        Heartbeat.promisedBy(accepted.proxy())
                                .map(often -> new Heartbeat(timers, often, this::silent))
                                .orElse(null);
                log.info("A proxy connected node={} connection={}", greeted.node(), id);
                surroundings.metrics().connected();
                surroundings.observer().connected(greeted);
                subscribe(accepted.proxy());
                yield greeted;
            }
        };
    }

    private @Nullable ProxyConnection refuse(Status status, String message) {
        log.warn("A client is refused reason=\"{}\"", message);
        ended = true;
        outlet.fail(status.withDescription(message));
        return null;
    }

    private void subscribe(Proxy proxy) {
        PushSource.Feed subscribed =
                surroundings.source().subscribe(proxy, push -> turns.execute(() -> offer(push)));
        feed = subscribed;
        // At once, before the request that brought us here is looked at: a client that comes back
        // says what it holds, and that is compared with the target.
        // What it brings is news to the proxy since now, however old the snapshot is.
        offer(subscribed.first().noticedAt(timers.now()));
    }

    private void offer(Push push) {
        if (!ended && push.serial() > newest) {
            newest = push.serial();
            surroundings.metrics().queued(sinceNoticed(push));
            sequencer.offer(push);
            reportSoon();
        }
    }

    private void dispatch(
            ProxyConnection from,
            String typeUrl,
            Optional<String> error,
            BiConsumer<ResourceType, PushSequencer> handle) {
        if (typeUrl.equals(HEALTH)) {
            if (heartbeat != null) {
                heartbeat.heard();
            }
            surroundings.observer().health(from, error.isEmpty(), error.orElse(""));
            return;
        }
        if (typeUrl.equals(CREDENTIALS)) {
            if (feed != null) {
                feed.credentialFaults(CredentialReport.read(error.orElse("")));
            }
            return;
        }
        Optional<ResourceType> type = ResourceType.of(typeUrl);
        if (type.isPresent()) {
            handle.accept(type.get(), sequencer);
            reportSoon();
        } else if (unknownTypes.add(typeUrl)) {
            log.warn(
                    "A proxy asks for a type that is not served; it gets no answer node={} type={}",
                    from.node(),
                    typeUrl);
        }
    }

    private void finish(Departure departure) {
        if (ended) {
            return;
        }
        ended = true;
        sequencer.close();
        greeted = false;
        withdrawals.forget(this);
        if (report != null) {
            report.cancel();
        }
        if (heartbeat != null) {
            heartbeat.stop();
        }
        if (feed != null) {
            feed.close();
        }
        ProxyConnection gone = connection;
        if (gone != null) {
            log.info(
                    "A proxy disconnected node={} connection={} departure={}",
                    gone.node(),
                    id,
                    departure);
            surroundings.metrics().disconnected();
            surroundings.observer().disconnected(gone, departure);
        }
    }

    private void silent() {
        close(
                Status.DEADLINE_EXCEEDED.withDescription(
                        "nothing was heard of the workload's health, though "
                                + Heartbeat.KEY
                                + " promises it; connect again"));
    }

    @Override
    public void sent(ResourceType type, int resources, long bytes) {
        surroundings.metrics().sent(type, bytes);
    }

    @Override
    public void accepted(ResourceType type) {
        reportSoon();
    }

    @Override
    public void rejected(ResourceType type, Rejection rejection) {
        surroundings.metrics().rejected(type);
        book.rejected(type, rejection);
        log.warn(
                "A proxy refused a push node={} type={} attempt={} message=\"{}\"",
                connection == null ? "" : connection.node(),
                type.shortName(),
                rejection.attempts(),
                rejection.message());
        // Reported after the turn, when the sequencer has found out what follows.
        turns.execute(this::reportNow);
    }

    @Override
    public void inForce(Push push) {
        if (push.serial() > converged) {
            converged = push.serial();
            surroundings.metrics().converged(sinceNoticed(push));
        }
        if (book.inForce(push.revision(), timers.now())) {
            reportNow();
        }
    }

    @Override
    public void endpointsKnown(Push push) {
        if (push.serial() > endpointsKnown) {
            endpointsKnown = push.serial();
            withdrawals.look();
        }
    }

    /** Whether the client goes by the endpoints of the push {@code serial}, or of a newer one. */
    boolean knows(long serial) {
        return !greeted || endpointsKnown >= serial;
    }

    /** Tells the client that all others know that its workload leaves. */
    void sayWithdrawn() {
        turns.execute(
                () -> {
                    if (!ended) {
                        wire.withdrawn();
                    }
                });
    }

    @Override
    public void unresponsive(ResourceType type) {
        close(
                Status.DEADLINE_EXCEEDED.withDescription(
                        type.url()
                                + ": no answer to a response within "
                                + PushOrder.ANSWER_DEADLINE.toSeconds()
                                + " s; every response must be acknowledged or refused"));
    }

    private Duration sinceNoticed(Push push) {
        Duration since = Duration.between(push.since(), timers.now());
        return since.isNegative() ? Duration.ZERO : since;
    }

    private void reportSoon() {
        if (report == null && !ended) {
            report = timers.after(REPORT_DELAY, this::reportNow);
        }
    }

    private void reportNow() {
        if (report != null) {
            report.cancel();
            report = null;
        }
        ProxyConnection from = connection;
        if (from != null && !ended) {
            surroundings.observer().progressed(from, book.read(sequencer.current()));
        }
    }
}
