package io.lateen.mixer.grpc;

import io.grpc.BindableService;
import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ServerCredentials;
import io.grpc.protobuf.services.HealthStatusManager;
import io.lateen.identity.CertificateSource;
import io.lateen.identity.ca.ProgramCertificate;
import io.lateen.identity.tls.MeshCredentials;
import io.lateen.mixer.quota.QuotaBook;
import io.lateen.mixer.replica.Members;
import io.lateen.mixer.replica.OwnPlace;
import io.lateen.mixer.replica.Replica;
import io.lateen.mixer.replica.ReplicaSettings;
import io.lateen.mixer.report.EdgeBook;
import io.lateen.model.identity.SpiffeId;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the gRPC server. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({GrpcSettings.class, ReplicaSettings.class})
public class GrpcConfiguration {

    @Bean
    GrpcServer grpcServer(
            GrpcSettings settings,
            ProgramCertificate own,
            EdgeBook book,
            QuotaBook quota,
            Peers peers,
            Clock clock) {
        List<BindableService> services =
                List.of(
                        new AccessLogService(book, clock),
                        new RateLimitService(quota, peers, System::nanoTime),
                        new HealthStatusManager().getHealthService());
        return new GrpcServer(settings.address(), credentials(settings, own, clock), services);
    }

    /** The other mixers speak as this one does: mutual TLS, or plaintext on one host. */
    @Bean
    Peers peers(UUID replica, Members members, ProgramCertificate own, SpiffeId self, Clock clock) {
        ChannelCredentials credentials =
                own.source()
                        .map(source -> MeshCredentials.client(source, self::equals, clock))
                        .orElse(InsecureChannelCredentials.create());
        return new Peers(replica, members, credentials);
    }

    @Bean
    OwnPlace ownPlace(
            GrpcSettings settings, ReplicaSettings replicas, GrpcServer server, UUID replica) {
        return () ->
                Optional.ofNullable(replicas.address())
                        .or(() -> settings.singleAddress())
                        .map(host -> new Replica(replica, host, server.port()));
    }

    private static ServerCredentials credentials(
            GrpcSettings settings, ProgramCertificate own, Clock clock) {
        Optional<CertificateSource> source = own.source();
        if (source.isPresent()) {
            return MeshCredentials.server(
                    source.get(), MeshCredentials.Clients.MUST_SHOW_A_CERTIFICATE, clock);
        }
        Plaintext.requireLoopback(
                "lateen.grpc-address", settings.grpcAddress(), "--lateen.identity.ca-address");
        return InsecureServerCredentials.create();
    }
}
