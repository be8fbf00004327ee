package io.lateen.manager.translate.quota;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.config.route.v3.RateLimit;
import io.lateen.manager.translate.envoy.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The descriptors of one limit. Envoy leaves a descriptor out where a header is missing, which
 * would let requests without it go uncounted: so there is one descriptor for each combination of
 * headers that are there and headers that are not, of which exactly one fits a request.
 */
record Descriptors(int stage, String limit, List<String> headers) {

    private static final String LIMIT = "limit";
    private static final String ABSENT = "absent";

    List<RateLimit> all() {
        List<RateLimit> all = new ArrayList<>();
        for (int present = (1 << headers.size()) - 1; present >= 0; present--) {
            RateLimit.Builder descriptor =
                    RateLimit.newBuilder()
                            .setStage(UInt32Value.of(stage))
                            .addActions(
                                    RateLimit.Action.newBuilder()
                                            .setGenericKey(
                                                    RateLimit.Action.GenericKey.newBuilder()
                                                            .setDescriptorKey(LIMIT)
                                                            .setDescriptorValue(limit)));
            for (int i = 0; i < headers.size(); i++) {
                String header = headers.get(i).toLowerCase(Locale.ROOT);
                descriptor.addActions((present & (1 << i)) != 0 ? value(header) : absent(header));
            }
            all.add(descriptor.build());
        }
        return all;
    }

    private static RateLimit.Action value(String header) {
        return RateLimit.Action.newBuilder()
                .setRequestHeaders(
                        RateLimit.Action.RequestHeaders.newBuilder()
                                .setHeaderName(header)
                                .setDescriptorKey("header:" + header))
                .build();
    }

    private static RateLimit.Action absent(String header) {
        return RateLimit.Action.newBuilder()
                .setHeaderValueMatch(
                        RateLimit.Action.HeaderValueMatch.newBuilder()
                                .setDescriptorKey("no-header:" + header)
                                .setDescriptorValue(ABSENT)
                                .setExpectMatch(Words.yes())
                                .addHeaders(
                                        HeaderMatcher.newBuilder()
                                                .setName(header)
                                                .setPresentMatch(true)
                                                .setInvertMatch(true)))
                .build();
    }
}
