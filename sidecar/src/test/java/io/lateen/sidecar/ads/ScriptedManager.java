package io.lateen.sidecar.ads;

import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A manager on a real socket that does as the test says and remembers what it was asked. */
final class ScriptedManager implements AutoCloseable {

    private final Server server;
    private final List<Stream> streams = new CopyOnWriteArrayList<>();

    ScriptedManager() throws IOException {
        this(0);
    }

    ScriptedManager(int port) throws IOException {
        server =
                NettyServerBuilder.forAddress(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                        .addService(new Ads())
                        .build()
                        .start();
    }

    /** One stream of one client. */
    static final class Stream implements StreamObserver<DeltaDiscoveryRequest> {

        final List<DeltaDiscoveryRequest> requests = new CopyOnWriteArrayList<>();
        volatile boolean halfClosed;
        private final StreamObserver<DeltaDiscoveryResponse> responses;

        Stream(StreamObserver<DeltaDiscoveryResponse> responses) {
            this.responses = responses;
        }

        void send(ConfigurationUpdate update, String nonce) {
            DeltaDiscoveryResponse.Builder response =
                    DeltaDiscoveryResponse.newBuilder()
                            .setTypeUrl(update.type().typeUrl())
                            .setSystemVersionInfo(Long.toString(update.revision()))
                            .setNonce(nonce)
                            .addAllRemovedResources(update.removed());
            for (XdsResource each : update.changed()) {
                response.addResources(
                        Resource.newBuilder()
                                .setName(each.name())
                                .setVersion(each.version())
                                .setResource(each.body()));
            }
            responses.onNext(response.build());
        }

        void sayWithdrawn() {
            responses.onNext(
                    DeltaDiscoveryResponse.newBuilder()
                            .setTypeUrl("type.googleapis.com/istio.v1.HealthInformation")
                            .addRemovedResources("withdrawal")
                            .build());
        }

        void fail() {
            responses.onError(io.grpc.Status.UNAVAILABLE.asException());
        }

        List<DeltaDiscoveryRequest> of(ResourceType type) {
            return requests.stream()
                    .filter(request -> request.getTypeUrl().equals(type.typeUrl()))
                    .toList();
        }

        @Override
        public void onNext(DeltaDiscoveryRequest request) {
            requests.add(request);
        }

        @Override
        public void onError(Throwable error) {
            // The client went away without a word.
        }

        @Override
        public void onCompleted() {
            halfClosed = true;
            responses.onCompleted();
        }
    }

    private final class Ads
            extends AggregatedDiscoveryServiceGrpc.AggregatedDiscoveryServiceImplBase {

        @Override
        public StreamObserver<DeltaDiscoveryRequest> deltaAggregatedResources(
                StreamObserver<DeltaDiscoveryResponse> responses) {
            Stream stream = new Stream(responses);
            streams.add(stream);
            return stream;
        }
    }

    ManagerAddress address() {
        return new ManagerAddress("127.0.0.1", server.getPort());
    }

    List<Stream> streams() {
        return streams;
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
