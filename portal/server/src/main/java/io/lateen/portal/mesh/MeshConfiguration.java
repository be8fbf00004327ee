package io.lateen.portal.mesh;

import io.lateen.portal.backend.BackendSettings;
import io.lateen.portal.backend.BackendStates;
import io.lateen.portal.backend.BackendTrust;
import io.lateen.portal.token.BackendTokens;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.netty.http.client.HttpClient;
import tools.jackson.databind.json.JsonMapper;

/** Wires the readings. */
@Configuration(proxyBeanMethods = false)
public class MeshConfiguration {
    private static final int LARGEST_ANSWER = 32 * 1024 * 1024;

    @Bean
    MeshReadings meshReadings(
            JsonMapper mapper,
            BackendSettings settings,
            BackendStates states,
            BackendTokens tokens,
            BackendTrust trust,
            Clock clock) {
        WebClient client =
                WebClient.builder()
                        .clientConnector(
                                new ReactorClientHttpConnector(
                                        trust.apply(HttpClient.create().compress(true))))
                        .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(LARGEST_ANSWER))
                        .build();
        return new MeshReadings(new BackendReader(client, mapper, settings, states, tokens), clock);
    }
}
