package io.lateen.samples.bookinfo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The headers of a request that go along on the calls made to answer it: those that keep a trace
 * together, and who the end user is. A sidecar sees two separate requests; only the application
 * knows that they belong together.
 */
final class Forwarded {

    /** Names the signed-in user to the services behind; rules match on it. */
    static final String END_USER = "end-user";

    private static final List<String> NAMES =
            List.of(
                    END_USER,
                    "user-agent",
                    "x-request-id",
                    "x-b3-traceid",
                    "x-b3-spanid",
                    "x-b3-parentspanid",
                    "x-b3-sampled",
                    "x-b3-flags",
                    "b3",
                    "traceparent",
                    "tracestate",
                    "x-ot-span-context",
                    "x-datadog-trace-id",
                    "x-datadog-parent-id",
                    "x-datadog-sampling-priority",
                    "x-datadog-origin",
                    "x-datadog-tags",
                    "sw8",
                    "x-cloud-trace-context",
                    "grpc-trace-bin");

    private Forwarded() {}

    /** What of {@code call} goes along. */
    static Map<String, String> of(Call call) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : NAMES) {
            call.header(name).ifPresent(value -> headers.put(name, value));
        }
        return headers;
    }

    /** What of {@code call} goes along, in the name of {@code user}. */
    static Map<String, String> of(Call call, String user) {
        Map<String, String> headers = of(call);
        headers.put(END_USER, user);
        return headers;
    }
}
