package io.lateen.portal.mesh;

import io.lateen.portal.backend.Backend;
import io.lateen.portal.backend.BackendSettings;
import io.lateen.portal.backend.BackendStates;
import io.lateen.portal.token.BackendTokens;
import java.net.URI;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientException;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads JSON from the backends in the portal's own name. Blocks. Thread-safe. */
final class BackendReader {
    private final WebClient client;
    private final JsonMapper mapper;
    private final BackendSettings settings;
    private final BackendStates states;
    private final BackendTokens tokens;

    BackendReader(
            WebClient client,
            JsonMapper mapper,
            BackendSettings settings,
            BackendStates states,
            BackendTokens tokens) {
        this.client = client;
        this.mapper = mapper;
        this.settings = settings;
        this.states = states;
        this.tokens = tokens;
    }

    /**
     * What stands at a path.
     *
     * @param path with its query, as it goes on the wire
     * @throws BackendAway when it does not answer
     */
    JsonNode read(Backend backend, String path) {
        URI base =
                settings.url(backend)
                        .orElseThrow(() -> new BackendAway(backend, "its address was not given"));
        Duration timeout = settings.backendTimeout();
        try {
            byte[] body =
                    client.get()
                            .uri(base.resolve(path))
                            .header(
                                    HttpHeaders.AUTHORIZATION,
                                    "Bearer " + tokens.ofThePortal(backend))
                            .retrieve()
                            .bodyToMono(byte[].class)
                            .block(timeout);
            JsonNode answer = mapper.readTree(body == null ? new byte[0] : body);
            states.answered(backend);
            return answer;
        } catch (WebClientResponseException e) {
            throw away(backend, "it answered " + e.getStatusCode().value() + " to " + path);
        } catch (WebClientException e) {
            throw away(backend, "it cannot be reached at " + base);
        } catch (JacksonException e) {
            throw away(backend, "it answered no JSON to " + path);
        } catch (IllegalStateException e) {
            // What block() throws when the time is over.
            throw away(backend, "it did not answer within " + timeout.toSeconds() + " s");
        }
    }

    private BackendAway away(Backend backend, String message) {
        states.failed(backend, message);
        return new BackendAway(backend, message);
    }
}
