package io.lateen.manager.translate.listener;

import io.envoyproxy.envoy.config.listener.v3.ListenerFilter;
import io.envoyproxy.envoy.extensions.filters.listener.http_inspector.v3.HttpInspector;
import io.envoyproxy.envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector;
import io.lateen.manager.translate.envoy.Deterministic;

/** What looks at the first bytes of a connection, so that its chain can be chosen. */
final class Inspectors {

    private Inspectors() {}

    /** Tells HTTP from everything else. */
    static ListenerFilter http() {
        return ListenerFilter.newBuilder()
                .setName("envoy.filters.listener.http_inspector")
                .setTypedConfig(Deterministic.any(HttpInspector.getDefaultInstance()))
                .build();
    }

    /** Tells TLS from everything else, and what was offered in the handshake. */
    static ListenerFilter tls() {
        return ListenerFilter.newBuilder()
                .setName("envoy.filters.listener.tls_inspector")
                .setTypedConfig(Deterministic.any(TlsInspector.getDefaultInstance()))
                .build();
    }
}
