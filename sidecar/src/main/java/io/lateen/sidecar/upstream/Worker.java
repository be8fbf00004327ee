package io.lateen.sidecar.upstream;

import io.lateen.sidecar.balance.Choice;
import io.lateen.sidecar.exchange.ConnectionObserver;
import io.lateen.sidecar.exchange.ExchangeObserver;
import io.lateen.sidecar.exchange.QuotaService;
import io.lateen.sidecar.exchange.RequestHead;
import io.lateen.sidecar.exchange.ResponseHead;
import io.lateen.sidecar.plan.LivePlan;
import io.lateen.sidecar.plan.Plan;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.random.RandomGenerator;

/**
 * What one event loop owns: its connections to endpoints, its spare heads, its randomness. Nothing
 * of it is touched by another thread.
 */
public final class Worker {
    private static final int SPARES = 256;

    private final EventLoop loop;
    private final Crew crew;
    private final RandomGenerator random;
    private final Choice anyChoice;
    private final RequestIds requestIds;
    private final ExchangeObserver exchanges;
    private final ConnectionObserver connections;
    private final QuotaService quota;
    private final ClusterTable clusters;
    private final ClientConnections clients = new ClientConnections();
    private final Peers peers = new Peers();
    private final ArrayDeque<RequestHead> requestHeads = new ArrayDeque<>();
    private final ArrayDeque<ResponseHead> responseHeads = new ArrayDeque<>();

    /** A worker for a loop; called on that loop. */
    public Worker(EventLoop loop, Crew crew, RandomGenerator random) {
        this.loop = loop;
        this.crew = crew;
        this.random = random;
        anyChoice = Choice.any(random);
        requestIds = new RequestIds(random);
        exchanges = crew.observers().exchanges(loop);
        connections = crew.observers().connections(loop);
        quota = crew.quotas().of(loop);
        clusters = new ClusterTable(this, crew.clusters());
    }

    /** The loop that everything here runs on. */
    public EventLoop loop() {
        return loop;
    }

    /** What the workers have in common. */
    public Crew crew() {
        return crew;
    }

    public Settings settings() {
        return crew.settings();
    }

    public LivePlan live() {
        return crew.live();
    }

    /** The clock that only counts. */
    public long nanos() {
        return crew.settings().nanos().getAsLong();
    }

    /** The time of day. */
    public long millis() {
        return crew.settings().millis().getAsLong();
    }

    /** This loop's randomness; not for secrets. */
    public RandomGenerator random() {
        return random;
    }

    /** What a balancer knows of a request that nothing is known of. */
    public Choice anyChoice() {
        return anyChoice;
    }

    /** This loop's pools. */
    public ClusterTable clusters() {
        return clusters;
    }

    /** This loop's connections from clients. */
    public ClientConnections clients() {
        return clients;
    }

    /** Who hears of raw connections. */
    public ConnectionObserver connections() {
        return connections;
    }

    QuotaService quota() {
        return quota;
    }

    ExchangeObserver exchanges() {
        return exchanges;
    }

    Peers peers() {
        return peers;
    }

    RequestIds requestIds() {
        return requestIds;
    }

    /** Takes over what a new plan changes: connections to endpoints that are gone drain. */
    public void adopt(Plan plan) {
        clusters.adopt(plan);
    }

    /** An empty head. */
    public RequestHead takeRequestHead() {
        RequestHead spare = requestHeads.pollLast();
        return spare != null ? spare : new RequestHead();
    }

    /** Gives a head back; nobody may look at it any more. */
    public void giveBack(RequestHead head) {
        if (requestHeads.size() < SPARES) {
            head.clear();
            requestHeads.addLast(head);
        }
    }

    /** An empty head. */
    public ResponseHead takeResponseHead() {
        ResponseHead spare = responseHeads.pollLast();
        return spare != null ? spare : new ResponseHead();
    }

    /** Gives a head back; nobody may look at it any more. */
    public void giveBack(ResponseHead head) {
        if (responseHeads.size() < SPARES) {
            head.clear();
            responseHeads.addLast(head);
        }
    }
}
