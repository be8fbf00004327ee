package io.lateen.mixer.grpc;

import io.grpc.BindableService;
import io.grpc.InsecureServerCredentials;
import io.grpc.ServerCredentials;
import io.grpc.protobuf.services.HealthStatusManager;
import io.lateen.identity.CertificateSource;
import io.lateen.identity.ca.ProgramCertificate;
import io.lateen.identity.tls.MeshCredentials;
import io.lateen.mixer.quota.QuotaBook;
import io.lateen.mixer.report.EdgeBook;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the gRPC server. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GrpcSettings.class)
public class GrpcConfiguration {

    @Bean
    GrpcServer grpcServer(
            GrpcSettings settings,
            ProgramCertificate own,
            EdgeBook book,
            QuotaBook quota,
            Clock clock) {
        List<BindableService> services =
                List.of(
                        new AccessLogService(book, clock),
                        new RateLimitService(quota, System::nanoTime),
                        new HealthStatusManager().getHealthService());
        return new GrpcServer(settings.address(), credentials(settings, own, clock), services);
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
