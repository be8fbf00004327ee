package io.lateen.sidecar.exchange;

import java.util.List;
import java.util.Map;

/**
 * Where records of a listener's traffic go. One instance per listener's configuration.
 *
 * @param cluster that takes records in
 * @param logName that the receiver tells them apart by
 * @param tags that every record carries
 * @param requestHeaders that a record carries where a request has them
 * @param grpcStatus whether a record carries {@code grpc-status}
 * @param downstreamPeer whether a record says who called
 * @param upstreamPeer whether a record says who answered
 */
public record Recording(
        String cluster,
        String logName,
        Map<String, String> tags,
        List<HeaderName> requestHeaders,
        boolean grpcStatus,
        boolean downstreamPeer,
        boolean upstreamPeer) {

    public Recording {
        tags = Map.copyOf(tags);
        requestHeaders = List.copyOf(requestHeaders);
    }
}
