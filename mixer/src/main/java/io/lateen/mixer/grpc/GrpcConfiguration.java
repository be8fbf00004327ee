package io.lateen.mixer.grpc;

import io.grpc.BindableService;
import io.grpc.InsecureServerCredentials;
import io.grpc.protobuf.services.HealthStatusManager;
import io.lateen.mixer.report.EdgeBook;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the gRPC server. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GrpcSettings.class)
public class GrpcConfiguration {

    @Bean
    GrpcServer grpcServer(GrpcSettings settings, EdgeBook book, Clock clock) {
        List<BindableService> services =
                List.of(
                        new AccessLogService(book, clock),
                        new HealthStatusManager().getHealthService());
        return new GrpcServer(settings.address(), InsecureServerCredentials.create(), services);
    }
}
