package io.lateen.manager.translate.listener;

import com.google.protobuf.Duration;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.listener.v3.ListenerFilter;
import io.envoyproxy.envoy.extensions.filters.listener.http_inspector.v3.HttpInspector;
import io.envoyproxy.envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector;
import io.lateen.manager.translate.envoy.Deterministic;

/** What looks at the first bytes of a connection, so that its chain can be chosen. */
final class Inspectors {

    /** What a client that waits for its server has to wait; see decision 0037. */
    private static final Duration PATIENCE = Duration.newBuilder().setSeconds(5).build();

    private Inspectors() {}

    /** Tells HTTP from everything else; what says nothing in time is bytes. */
    static Listener.Builder http(Listener.Builder listener) {
        return patient(listener.addListenerFilters(http()));
    }

    /** Tells TLS from everything else; what says nothing in time is plain text. */
    static Listener.Builder tls(Listener.Builder listener) {
        return patient(listener.addListenerFilters(tls()));
    }

    private static Listener.Builder patient(Listener.Builder listener) {
        return listener.setListenerFiltersTimeout(PATIENCE)
                .setContinueOnListenerFiltersTimeout(true);
    }

    private static ListenerFilter http() {
        return ListenerFilter.newBuilder()
                .setName("envoy.filters.listener.http_inspector")
                .setTypedConfig(Deterministic.any(HttpInspector.getDefaultInstance()))
                .build();
    }

    /** Tells TLS from everything else, where nothing but TLS is taken. */
    static ListenerFilter tls() {
        return ListenerFilter.newBuilder()
                .setName("envoy.filters.listener.tls_inspector")
                .setTypedConfig(Deterministic.any(TlsInspector.getDefaultInstance()))
                .build();
    }
}
