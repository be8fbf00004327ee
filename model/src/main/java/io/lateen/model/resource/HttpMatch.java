package io.lateen.model.resource;

import io.lateen.model.match.StringMatch;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which requests a route is for: those that fit every part that is there.
 *
 * @param name shown in logs after the route's own
 * @param uri the path without the query
 * @param scheme {@code http} or {@code https}
 * @param method of the request
 * @param authority the host as asked for
 * @param headers by name, as written, in which case does not count; {@link StringMatch.Present}
 *     means that it is there
 * @param withoutHeaders none of these may fit; a missing header counts as the empty string, except
 *     to {@link StringMatch.Present}, which means that it must be absent
 * @param queryParams by name
 * @param port of the service or listener; null means any
 * @param sourceLabels labels of the client's workload
 * @param sourceNamespace namespace of the client's workload
 * @param gateways as {@link VirtualService#gateways()}, which it narrows or, being named here,
 *     replaces for this match; where one of them is a Gateway and fits, the source is not looked at
 * @param ignoreUriCase whether {@code exact} and {@code prefix} of uri disregard case
 * @param statPrefix name under which requests are counted
 */
public record HttpMatch(
        @Nullable String name,
        @Nullable StringMatch uri,
        @Nullable StringMatch scheme,
        @Nullable StringMatch method,
        @Nullable StringMatch authority,
        Map<String, StringMatch> headers,
        Map<String, StringMatch> withoutHeaders,
        Map<String, StringMatch> queryParams,
        @Nullable Integer port,
        Map<String, String> sourceLabels,
        @Nullable String sourceNamespace,
        List<GatewayReference> gateways,
        boolean ignoreUriCase,
        @Nullable String statPrefix) {

    public HttpMatch {
        headers = Values.ordered(headers);
        withoutHeaders = Values.ordered(withoutHeaders);
        queryParams = Values.ordered(queryParams);
        sourceLabels = Values.ordered(sourceLabels);
        gateways = List.copyOf(gateways);
        port = port != null && port == 0 ? null : port;
    }
}
