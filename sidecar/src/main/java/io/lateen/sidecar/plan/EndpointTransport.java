package io.lateen.sidecar.plan;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which endpoints of a cluster are spoken to in TLS, and how: the first choice whose labels an
 * endpoint has.
 */
public record EndpointTransport(List<Choice> choices, @Nullable UpstreamTls otherwise) {

    /** All of them in plain text. */
    public static final EndpointTransport PLAIN = new EndpointTransport(List.of(), null);

    public EndpointTransport {
        choices = List.copyOf(choices);
    }

    /**
     * One choice.
     *
     * @param labels that an endpoint must have; none fits every endpoint
     * @param tls null for plain text
     */
    public record Choice(Map<String, String> labels, @Nullable UpstreamTls tls) {

        public Choice {
            labels = Map.copyOf(labels);
        }
    }

    /** How an endpoint is spoken to; null in plain text. */
    public @Nullable UpstreamTls of(EndpointPlan endpoint) {
        for (Choice each : choices) {
            if (endpoint.transportLabels().entrySet().containsAll(each.labels().entrySet())) {
                return each.tls();
            }
        }
        return otherwise;
    }
}
