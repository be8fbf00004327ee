package io.lateen.manager.translate.route;

import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.lateen.model.resource.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Header operations as Envoy writes them: what is set before what is added, each by name. Setting
 * or adding the host rewrites the authority; other pseudo headers cannot be changed.
 *
 * @param toAdd set and added headers, in order
 * @param toRemove removed headers
 * @param authority the new authority; null if it stays
 */
record HeaderEdits(
        List<HeaderValueOption> toAdd, List<String> toRemove, @Nullable String authority) {

    static HeaderEdits of(Headers.Operations operations) {
        List<HeaderValueOption> toAdd = new ArrayList<>();
        String authority = null;
        authority =
                edit(
                        operations.set(),
                        HeaderValueOption.HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD,
                        toAdd,
                        authority);
        authority =
                edit(
                        operations.add(),
                        HeaderValueOption.HeaderAppendAction.APPEND_IF_EXISTS_OR_ADD,
                        toAdd,
                        authority);
        List<String> toRemove =
                operations.remove().stream()
                        .filter(name -> !isAuthority(name) && !isPseudo(name))
                        .toList();
        return new HeaderEdits(toAdd, toRemove, authority);
    }

    private static @Nullable String edit(
            Map<String, String> values,
            HeaderValueOption.HeaderAppendAction action,
            List<HeaderValueOption> toAdd,
            @Nullable String authority) {
        String host = authority;
        for (Map.Entry<String, String> header : new TreeMap<>(values).entrySet()) {
            if (isAuthority(header.getKey())) {
                host = header.getValue();
            } else if (!isPseudo(header.getKey())) {
                toAdd.add(option(header.getKey(), header.getValue(), action));
            }
        }
        return host;
    }

    private static HeaderValueOption option(
            String name, String value, HeaderValueOption.HeaderAppendAction action) {
        return HeaderValueOption.newBuilder()
                .setHeader(HeaderValue.newBuilder().setKey(name).setValue(value))
                .setAppendAction(action)
                .build();
    }

    private static boolean isAuthority(String name) {
        return name.equalsIgnoreCase("host") || name.equalsIgnoreCase(":authority");
    }

    private static boolean isPseudo(String name) {
        return name.startsWith(":");
    }
}
