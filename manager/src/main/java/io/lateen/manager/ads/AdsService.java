package io.lateen.manager.ads;

import io.envoyproxy.envoy.config.core.v3.ControlPlane;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.lateen.identity.tls.CallerIdentity;
import io.lateen.model.identity.SpiffeId;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/** The service on the wire: makes a session of each stream. Called by gRPC, on its threads. */
final class AdsService extends AggregatedDiscoveryServiceGrpc.AggregatedDiscoveryServiceImplBase {

    private final Surroundings surroundings;
    private final ControlPlane manager;
    private final Set<ProxySession> sessions = ConcurrentHashMap.newKeySet();
    private final Withdrawals withdrawals;

    AdsService(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.withdrawals = new Withdrawals(surroundings.withdrawn(), sessions);
        this.manager = ControlPlane.newBuilder().setIdentifier(surroundings.manager()).build();
    }

    @Override
    public StreamObserver<DeltaDiscoveryRequest> deltaAggregatedResources(
            StreamObserver<DeltaDiscoveryResponse> out) {
        Subscriptions subscriptions = new Subscriptions();
        DeltaStream stream = new DeltaStream(subscriptions, manager, out::onNext);
        return begin(
                subscriptions,
                stream,
                out,
                (request, session) ->
                        session.request(
                                request.getNode(),
                                request.getTypeUrl(),
                                request.hasErrorDetail()
                                        ? Optional.of(request.getErrorDetail().getMessage())
                                        : Optional.empty(),
                                request.getResourceNamesSubscribeList()
                                        .contains(ProxySession.WITHDRAWAL),
                                (type, sequencer) -> stream.receive(type, request, sequencer)));
    }

    @Override
    public StreamObserver<DiscoveryRequest> streamAggregatedResources(
            StreamObserver<DiscoveryResponse> out) {
        Subscriptions subscriptions = new Subscriptions();
        SotwStream stream = new SotwStream(subscriptions, manager, out::onNext);
        return begin(
                subscriptions,
                stream,
                out,
                (request, session) ->
                        session.request(
                                request.getNode(),
                                request.getTypeUrl(),
                                request.hasErrorDetail()
                                        ? Optional.of(request.getErrorDetail().getMessage())
                                        : Optional.empty(),
                                false,
                                (type, sequencer) -> stream.receive(type, request, sequencer)));
    }

    /** Ends every stream: the proxies go to another manager, or come back. */
    void closeAll() {
        sessions.forEach(
                session ->
                        session.close(
                                Status.UNAVAILABLE.withDescription("this manager is stopping")));
    }

    private <Q, A> StreamObserver<Q> begin(
            Subscriptions subscriptions,
            Wire wire,
            StreamObserver<A> out,
            BiConsumer<Q, ProxySession> onRequest) {
        ProxySession session =
                new ProxySession(
                        UUID.randomUUID().toString(),
                        surroundings,
                        new ProxySession.Line(
                                wire, subscriptions, outlet(out, CallerIdentity.current())),
                        withdrawals);
        sessions.add(session);
        if (out instanceof ServerCallStreamObserver<A> call) {
            // With a handler, writing to a stream that was just cancelled is no exception.
            call.setOnCancelHandler(session::broken);
            call.setOnCloseHandler(() -> sessions.remove(session));
        }
        return new StreamObserver<>() {
            @Override
            public void onNext(Q request) {
                onRequest.accept(request, session);
            }

            @Override
            public void onError(Throwable cause) {
                sessions.remove(session);
                session.broken();
            }

            @Override
            public void onCompleted() {
                session.goodbye();
            }
        };
    }

    private static ProxySession.Outlet outlet(StreamObserver<?> out, Optional<SpiffeId> identity) {
        return new ProxySession.Outlet() {
            @Override
            public Optional<SpiffeId> identity() {
                return identity;
            }

            @Override
            public void fail(Status reason) {
                out.onError(reason.asRuntimeException());
            }

            @Override
            public void complete() {
                out.onCompleted();
            }
        };
    }
}
