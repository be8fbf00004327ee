package io.lateen.manager.translate.listener;

import io.envoyproxy.envoy.config.accesslog.v3.AccessLog;
import java.util.List;

/**
 * The logs that every HTTP connection and every TCP proxy has: the one place where that is written.
 * To the mixer alone; a log on its own machine is each proxy's own choice.
 */
final class AccessLogs {

    private AccessLogs() {}

    /** The logs of requests. */
    static List<AccessLog> ofRequests(AccessLogging logging) {
        return logging.reported() ? List.of(MixerReports.ofRequests(logging)) : List.of();
    }

    /** The logs of connections that are passed on as bytes. */
    static List<AccessLog> ofConnections(AccessLogging logging) {
        return logging.reported() ? List.of(MixerReports.ofConnections(logging)) : List.of();
    }
}
